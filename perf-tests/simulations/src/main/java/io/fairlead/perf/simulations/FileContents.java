package io.fairlead.perf.simulations;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** Files of 1 to 5 MB, no two alike, all cut from one block of random bytes. Any thread may ask. */
final class FileContents {
    private static final int LEAST = 1_000_000;
    private static final int MOST = 5_000_000;
    private static final int BLOCK = 8_000_000;

    private final byte[] block = new byte[BLOCK];

    FileContents() {
        new SplittableRandom(8).nextBytes(block);
    }

    /**
     * One file.
     *
     * @param begin where it begins in the block
     * @param size in bytes
     * @param sha256 over its bytes, in hexadecimal digits
     */
    record Content(int begin, int size, String sha256) {}

    /** The content of a transfer's file, the same each time. */
    Content of(String transfer) {
        SplittableRandom random = new SplittableRandom(transfer.hashCode());
        int size = random.nextInt(LEAST, MOST + 1);
        int begin = random.nextInt(BLOCK - size + 1);
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(block, begin, size);
            return new Content(begin, size, HexFormat.of().formatHex(sha.digest()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    byte[] read(Content content, int offset, int length) {
        return Arrays.copyOfRange(block, content.begin() + offset, content.begin() + offset + length);
    }
}
