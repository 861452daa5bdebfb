package io.fairlead.agent.status;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.zip.CRC32C;

/**
 * By what a file is known again at a place: a checksum of its first bytes, and one of the bytes just before the place.
 * Names change when logs are rotated, inode numbers are used anew, and Windows shows neither.
 */
record Fingerprint(int headLength, long head, int tailLength, long tail) {
    private static final int HEAD = 256;
    private static final int TAIL = 64;

    /** Nothing read yet: fits every file. */
    static final Fingerprint EMPTY = new Fingerprint(0, 0, 0, 0);

    static Fingerprint of(SeekableByteChannel file, long position) throws IOException {
        int headLength = (int) Math.min(HEAD, position);
        int tailLength = (int) Math.min(TAIL, position);
        return new Fingerprint(
                headLength,
                checksum(file, 0, headLength),
                tailLength,
                checksum(file, position - tailLength, tailLength));
    }

    /** Whether the file can be the one, with at least the bytes up to the place. */
    boolean fits(SeekableByteChannel file, long position) throws IOException {
        return file.size() >= position
                && checksum(file, 0, headLength) == head
                && checksum(file, position - tailLength, tailLength) == tail;
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
