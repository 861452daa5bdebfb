package io.fairlead.enterprise.recording;

import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Writes one recording's file. Blocks; for one thread at a time. */
final class RecordingWriter {
    private final RecordingId id;
    private final Places places;
    private final long floor;
    private final FileChannel file;
    private final ChunkSeal seal;
    private byte[] record = new byte[0];
    private byte[] before;
    private long number;
    private long position;

    private RecordingWriter(Places places, long floor, FileHeader header, byte[] key, FileChannel file)
            throws IOException {
        this.id = header.id();
        this.places = places;
        this.floor = floor;
        this.file = file;
        this.seal = new ChunkSeal(id, key);
        byte[] bytes = header.bytes();
        write(ByteBuffer.wrap(bytes));
        this.before = seal.hash(bytes, bytes.length);
    }

    /**
     * Makes the file, with its first chunk forced.
     *
     * @throws Refusal STORAGE_FULL when the rest of the disk is not for us
     */
    static RecordingWriter create(Places places, long floor, FileHeader header, byte[] key, Chunk first)
            throws IOException {
        mustHaveRoom(places, floor, Chunk.MOST);
        for (String taken : List.of(Places.PART, Places.ENDED)) {
            if (Files.exists(places.of(header.id(), taken))) {
                throw new FileAlreadyExistsException("recording=" + header.id());
            }
        }
        Path fresh = places.of(header.id(), Places.NEW);
        FileChannel file = FileChannel.open(
                fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), DataFolder.closedFile());
        try {
            RecordingWriter writer = new RecordingWriter(places, floor, header, key, file);
            writer.write(List.of(first), true);
            writer.rename(Places.NEW, Places.PART);
            return writer;
        } catch (IOException | RuntimeException failed) {
            file.close();
            boolean gone = Files.deleteIfExists(fresh);
            assert gone || !Files.exists(fresh);
            throw failed;
        }
    }

    /**
     * Writes chunks behind those before; behind the last the file is closed and has its final name.
     *
     * @param forced whether to wait until they and all before are on the disk; the last must be
     */
    void write(List<Chunk> chunks, boolean forced) throws IOException {
        boolean last = false;
        for (Chunk chunk : chunks) {
            int size = ChunkSeal.OVERHEAD + chunk.length();
            mustHaveRoom(places, floor, size);
            if (record.length < size) {
                record = new byte[Math.max(size, Math.min(2 * record.length, ChunkSeal.OVERHEAD + Chunk.MOST))];
            }
            int sealed = seal.seal(number, before, chunk, record);
            write(ByteBuffer.wrap(record, 0, sealed));
            before = seal.hash(record, sealed);
            number++;
            last |= chunk.last();
        }
        if (forced) {
            file.force(false);
        }
        if (last) {
            file.close();
            rename(Places.PART, Places.ENDED);
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            position += file.write(bytes, position);
        }
    }

    private static void mustHaveRoom(Places places, long floor, long bytes) {
        // Asked of the folder itself, without the table of mounts: this is asked for each chunk.
        long free = places.folder().toFile().getUsableSpace();
        if (free - bytes < floor) {
            throw new Refusal(
                    Fault.STORAGE_FULL,
                    "free=" + free + " wanted=" + bytes + " floor=" + floor + " at " + places.folder());
        }
    }

    private void rename(String from, String to) throws IOException {
        Path done = Files.move(places.of(id, from), places.of(id, to), StandardCopyOption.ATOMIC_MOVE);
        assert Files.exists(done);
        DataFolder.forceFolder(places.folder());
    }

    /** SHA-256 of the last chunk, which vouches for all before it; 64 hexadecimal digits. */
    String hash() {
        return HexFormat.of().formatHex(before);
    }

    /** Lets go of the file as it is. */
    void abandon() throws IOException {
        file.close();
    }
}
