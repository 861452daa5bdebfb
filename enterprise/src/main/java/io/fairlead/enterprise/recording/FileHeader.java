package io.fairlead.enterprise.recording;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * How a recording's file begins; what retention must know is readable without a key. The first chunk vouches for it.
 *
 * <pre>
 *   0  magic "FLREC001"                                      8
 *   8  the recording's id                                   16
 *  24  beginning, milliseconds since 1970-01-01T00:00Z       8
 *  32  days to keep                                          4
 *  36  length k of the sealed key                            4
 *  40  the recording's key, sealed ({@link RecordingKeys})   k
 * </pre>
 */
@SuppressWarnings("ArrayRecordComponent") // written as it is, never compared
record FileHeader(RecordingId id, Instant started, int keepDays, byte[] sealedKey) {
    private static final byte[] MAGIC = "FLREC001".getBytes(StandardCharsets.US_ASCII);
    private static final int FIXED = 40;
    private static final int LONGEST_KEY = 4_096;

    byte[] bytes() {
        return ByteBuffer.allocate(length())
                .put(MAGIC)
                .put(id.bytes())
                .putLong(started.toEpochMilli())
                .putInt(keepDays)
                .putInt(sealedKey.length)
                .put(sealedKey)
                .array();
    }

    int length() {
        return FIXED + sealedKey.length;
    }

    Instant keepUntil() {
        return started.plus(Duration.ofDays(keepDays));
    }

    static FileHeader read(RecordingId id, FileChannel file) throws IOException {
        ByteBuffer fixed = full(file, FIXED, 0);
        byte[] magic = new byte[MAGIC.length];
        byte[] named = new byte[16];
        fixed.get(magic).get(named);
        if (!Arrays.equals(magic, MAGIC) || !HexFormat.of().formatHex(named).equals(id.value())) {
            throw new RecordingDamaged("its file does not begin as one of this recording");
        }
        Instant started = Instant.ofEpochMilli(fixed.getLong());
        int keepDays = fixed.getInt();
        int key = fixed.getInt();
        if (key < 0 || key > LONGEST_KEY) {
            throw new RecordingDamaged("its header is not what was written");
        }
        return new FileHeader(id, started, keepDays, full(file, key, FIXED).array());
    }

    private static ByteBuffer full(FileChannel file, int length, long position) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        if (!filled(file, bytes, position)) {
            throw new RecordingDamaged("its header is cut", new EOFException());
        }
        return bytes.flip();
    }

    /** Whether the file had so many bytes there. */
    static boolean filled(FileChannel file, ByteBuffer into, long position) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int read = file.read(into, at);
            if (read < 0) {
                return false;
            }
            at += read;
        }
        return true;
    }
}
