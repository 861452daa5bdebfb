package io.fairlead.agent.status;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.zip.CRC32C;

/**
 * By what a file is known again that had at least so many bytes: a checksum of its first bytes, and one of the last of
 * those. Names change when logs are rotated, inode numbers are used anew, and Windows shows neither.
 *
 * @param length in bytes
 */
record Fingerprint(long length, long head, long tail) {
    private static final int HEAD = 256;
    private static final int TAIL = 64;

    /** Nothing seen yet: fits every file. */
    static final Fingerprint EMPTY = new Fingerprint(0, 0, 0);

    static Fingerprint of(SeekableByteChannel file, long length) throws IOException {
        return length == 0 ? EMPTY : new Fingerprint(length, head(file, length), tail(file, length));
    }

    /** Whether the file can be the one. */
    boolean fits(SeekableByteChannel file) throws IOException {
        return length == 0 || (file.size() >= length && head(file, length) == head && tail(file, length) == tail);
    }

    private static long head(SeekableByteChannel file, long length) throws IOException {
        return checksum(file, 0, (int) Math.min(HEAD, length));
    }

    private static long tail(SeekableByteChannel file, long length) throws IOException {
        int bytes = (int) Math.min(TAIL, length);
        return checksum(file, length - bytes, bytes);
    }

    private static long checksum(SeekableByteChannel file, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        file.position(from);
        while (bytes.hasRemaining() && file.read(bytes) > 0) {
            // A short read is not yet the end.
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.flip());
        return checksum.getValue();
    }
}
