package io.fairlead.enterprise.recording;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recording's chunks from the front, each only when it follows what was before. What a crash or a power cut has
 * torn off the end is left away, unless the file says by its name that it ended: at most what is written between two forces. Not for several threads.
 */
final class ChunkReader implements Closeable {
    private final FileChannel file;
    private final boolean complete;
    private final FileHeader header;
    private final ChunkSeal seal;
    private final byte[] begin;
    private byte[] before;
    private long number;
    private long position;
    private boolean ended;
    private long torn;

    /** @param complete whether the file must have its last chunk */
    ChunkReader(FileChannel file, boolean complete, FileHeader header, byte[] key) {
        this.file = file;
        this.complete = complete;
        this.header = header;
        this.seal = new ChunkSeal(header.id(), key);
        byte[] bytes = header.bytes();
        this.begin = seal.hash(bytes, bytes.length);
        this.before = begin;
        this.position = header.length();
    }

    void rewind() {
        before = begin;
        number = 0;
        position = header.length();
        ended = false;
        torn = 0;
    }

    /**
     * The plain bytes of the next chunk; null behind the last that there is.
     *
     * @throws RecordingDamaged when what is there was not written there, and no crash did it
     */
    byte @Nullable [] next() throws IOException {
        long rest = file.size() - position;
        if (ended && rest > 0) {
            throw new RecordingDamaged(rest + " bytes were put behind its end");
        }
        if (rest == 0 && (ended || !complete)) {
            return null;
        }
        if (rest == 0) {
            throw new RecordingDamaged("its end is missing");
        }
        byte[] chunk = at(position);
        byte[] plain = chunk == null || !ChunkSeal.follows(chunk, before) ? null : seal.open(number, chunk);
        if (chunk == null || plain == null) {
            if (complete || rest > Unforced.TORN || number == 0) {
                throw new RecordingDamaged("chunk " + number + " is not what was written");
            }
            torn = rest;
            return null;
        }
        before = seal.hash(chunk, chunk.length);
        ended = ChunkSeal.last(ByteBuffer.wrap(chunk).getInt());
        position += chunk.length;
        number++;
        return plain;
    }

    private byte @Nullable [] at(long from) throws IOException {
        int length = lengthAt(from);
        if (length < 0) {
            return null;
        }
        byte[] chunk = new byte[length];
        return FileHeader.filled(file, ByteBuffer.wrap(chunk), from) ? chunk : null;
    }

    /** Of the whole chunk that begins there; -1 when none does. */
    private int lengthAt(long from) throws IOException {
        ByteBuffer first = ByteBuffer.allocate(4);
        if (!FileHeader.filled(file, first, from)) {
            return -1;
        }
        int length = ChunkSeal.length(first.getInt(0));
        return length > Chunk.MOST || from + ChunkSeal.OVERHEAD + length > file.size()
                ? -1
                : ChunkSeal.OVERHEAD + length;
    }

    /** The plain bytes of the last chunk, found by the lengths alone; null when it does not open. */
    byte @Nullable [] last() throws IOException {
        long at = header.length();
        long count = 0;
        long found = -1;
        for (int length = lengthAt(at); length > 0; length = lengthAt(at)) {
            found = at;
            at += length;
            count++;
        }
        byte[] chunk = found < 0 ? null : at(found);
        return chunk == null ? null : seal.open(count - 1, chunk);
    }

    /** Whether the last chunk that was read was marked as the last of all. */
    boolean ended() {
        return ended;
    }

    /** Bytes at the end that a crash has torn. */
    long torn() {
        return torn;
    }

    /** SHA-256 of the chunk that was read last. */
    String hash() {
        return HexFormat.of().formatHex(before);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
