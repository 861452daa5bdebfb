package io.fairlead.agent.kernel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of records that is only appended to and survives a power cut.
 *
 * <pre>
 *   record = length (4 bytes, big endian, 1 to 131,072) · CRC32C of the payload (4) · payload
 * </pre>
 *
 * Opening reads it whole. A torn tail (an append that the power cut; it was never acknowledged) is cut off. A record
 * that was altered is another matter: it and all behind it are kept aside as {@code FILE.damaged-N}, and both are named in
 * the audit. One thread at a time; one process at a time.
 */
public final class RecordLog implements AutoCloseable {
    /** Bytes of payload in a record, at most. */
    public static final int MAX_RECORD = 128 * 1024;

    static final int HEAD = 8;

    /** What opening found. */
    public enum Found {
        /** Every byte belongs to a good record. */
        WHOLE,
        /** The last append was torn, and is cut off. */
        TORN,
        /** Records were altered or lost, and are kept aside. */
        DAMAGED
    }

    /** Takes records in their order. */
    @FunctionalInterface
    public interface Reader {
        void record(byte[] payload) throws IOException;
    }

    private final Path file;
    private final FileChannel channel;
    private final Found found;
    private long size;

    private RecordLog(Path file, FileChannel channel, long size, Found found) {
        this.file = file;
        this.channel = channel;
        this.size = size;
        this.found = found;
    }

    /**
     * Opens the file, or makes it, and hands every good record to the reader.
     *
     * @throws IOException when the file cannot be read or written at all, or the reader throws it
     */
    public static RecordLog open(Path file, Reader reader, LocalAudit audit) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, Durable.ownerOnly(file));
            Durable.forceFolder(file);
        }
        byte[] bytes = Files.readAllBytes(file);
        int good = read(bytes, reader);
        Found found = new RecordTail(bytes, good).judge();
        if (found == Found.DAMAGED) {
            Path aside = keepAside(file, Arrays.copyOfRange(bytes, good, bytes.length));
            audit.record(
                    LocalAuditCode.FILE_DAMAGED, "file", file, "at", good, "bytes", bytes.length - good, "kept", aside);
        } else if (found == Found.TORN) {
            audit.record(LocalAuditCode.FILE_TAIL_CUT, "file", file, "at", good, "bytes", bytes.length - good);
        }
        FileChannel channel = open(file);
        RecordLog log = new RecordLog(file, channel, good, found);
        if (found != Found.WHOLE) {
            log.cutToSize();
        }
        return log;
    }

    /** Hands every good record of a file to the reader, and leaves the file as it is: its agent may be writing to it. */
    public static void look(Path file, Reader reader) throws IOException {
        int unusedEnd = read(Files.readAllBytes(file), reader);
    }

    /** Replaces the file by one of these records, all or nothing. The file must not be open. */
    public static void rewrite(Path file, List<byte[]> payloads) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] payload : payloads) {
            bytes.writeBytes(frame(payload).array());
        }
        new Durable(file).replace(bytes.toByteArray());
    }

    /** Bytes that a payload takes on disk. */
    public static long onDisk(byte[] payload) {
        return (long) HEAD + payload.length;
    }

    public Found found() {
        return found;
    }

    /** Bytes on disk. */
    public long size() {
        return size;
    }

    /**
     * Appends a record; on return it is on disk.
     *
     * @throws StorageFailure when the log is as it was before
     */
    public void append(byte[] payload) throws IOException {
        ByteBuffer frame = frame(payload);
        try {
            if (channel.size() != size) {
                cutToSize();
            }
            long at = size;
            while (frame.hasRemaining()) {
                at += channel.write(frame, at);
            }
            channel.force(false);
        } catch (IOException e) {
            undo(e);
            throw new StorageFailure("cannot append to", file, e);
        }
        size += frame.capacity();
    }

    /** Reads all records again. */
    public void read(Reader reader) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size));
        int more = 0;
        while (bytes.hasRemaining() && more >= 0) {
            more = channel.read(bytes, bytes.position());
        }
        if (bytes.hasRemaining() || read(bytes.array(), reader) != size) {
            throw new IOException(file + " was changed by someone else");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Reads good records from the start; returns where they end. */
    private static int read(byte[] bytes, Reader reader) throws IOException {
        int at = 0;
        for (int length = goodAt(bytes, at); length > 0; length = goodAt(bytes, at)) {
            reader.record(Arrays.copyOfRange(bytes, at + HEAD, at + HEAD + length));
            at += HEAD + length;
        }
        return at;
    }

    /** The length of the good record that begins here, or 0. */
    static int goodAt(byte[] bytes, int at) {
        if (bytes.length - at <= HEAD) {
            return 0;
        }
        ByteBuffer head = ByteBuffer.wrap(bytes, at, HEAD);
        int length = head.getInt();
        if (length < 1 || length > MAX_RECORD || length > bytes.length - at - HEAD) {
            return 0;
        }
        return head.getInt() == crc(bytes, at + HEAD, length) ? length : 0;
    }

    static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    private static ByteBuffer frame(byte[] payload) {
        if (payload.length < 1 || payload.length > MAX_RECORD) {
            throw new IllegalArgumentException("a record of " + payload.length + " bytes");
        }
        return ByteBuffer.allocate(HEAD + payload.length)
                .putInt(payload.length)
                .putInt(crc(payload, 0, payload.length))
                .put(payload)
                .flip();
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static Path keepAside(Path file, byte[] rest) throws IOException {
        int n = 1;
        while (Files.exists(aside(file, n))) {
            n++;
        }
        new Durable(aside(file, n)).replace(rest);
        return aside(file, n);
    }

    private static Path aside(Path file, int n) {
        return file.resolveSibling(file.getFileName() + ".damaged-" + n);
    }

    private void cutToSize() throws IOException {
        channel.truncate(size);
        channel.force(true);
    }

    /** A full disk takes a part of a record first. If even cutting fails, the next append cuts before it writes. */
    private void undo(IOException cause) {
        try {
            cutToSize();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
