package io.fairlead.enterprise.recording;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Chunks of one recording, encrypted by AES-256-GCM with its key and chained. Associated data are the recording's id, the
 * chunk's number from 0 (8 bytes) and the chunk's first 36 bytes; the nonce is four zero bytes and the number, for a key
 * has one recording, and a chunk is written once. Not for several threads.
 *
 * <pre>
 *   0  last chunk: highest bit; length n of the plain bytes                       4
 *   4  SHA-256 of all that is before: of the header, or of the whole last chunk  32
 *  36  encrypted bytes, tag                                                  n + 16
 * </pre>
 */
final class ChunkSeal {
    /** Bytes of a chunk before the encrypted ones. */
    static final int HEAD = 36;

    /** Bytes that a chunk has more on disk. */
    static final int OVERHEAD = HEAD + 16;

    static final int HASH = 32;

    /** The JDK compiles its cipher after so many calls, and is forty times as fast then: many calls come soon. */
    private static final int PIECE = 4_096;

    private static final int LAST = 1 << 31;
    private static final int TAG_BITS = 128;

    private final byte[] id;
    private final SecretKeySpec key;
    private final Cipher cipher;
    private final MessageDigest digest;

    ChunkSeal(RecordingId id, byte[] key) {
        this.id = id.bytes();
        this.key = new SecretKeySpec(key, "AES");
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-GCM and SHA-256", impossible);
        }
    }

    /** Plain bytes that the head of a chunk announces; may be anything. */
    static int length(int first) {
        return first & ~LAST;
    }

    static boolean last(int first) {
        return (first & LAST) != 0;
    }

    byte[] hash(byte[] bytes, int length) {
        digest.update(bytes, 0, length);
        return digest.digest();
    }

    /**
     * Writes a whole chunk to the beginning of an array.
     *
     * @return its bytes
     */
    int seal(long number, byte[] before, Chunk plain, byte[] into) {
        ByteBuffer head = ByteBuffer.wrap(into)
                .putInt(plain.last() ? plain.length() | LAST : plain.length())
                .put(before);
        assert head.position() == HEAD;
        try {
            begin(Cipher.ENCRYPT_MODE, number, into);
            int end = HEAD;
            for (int at = 0; at < plain.length(); at += PIECE) {
                end += cipher.update(plain.bytes(), at, Math.min(PIECE, plain.length() - at), into, end);
            }
            return end + cipher.doFinal(into, end);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a chunk fits", impossible);
        }
    }

    /** The plain bytes of a whole chunk; null when it is not what was written as this number. */
    byte @Nullable [] open(long number, byte[] chunk) {
        try {
            begin(Cipher.DECRYPT_MODE, number, chunk);
            return cipher.doFinal(chunk, HEAD, chunk.length - HEAD);
        } catch (AEADBadTagException forged) {
            return null;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a chunk fits", impossible);
        }
    }

    private void begin(int mode, long number, byte[] chunk) throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(12).putInt(0).putLong(number).array();
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(id);
        cipher.updateAAD(nonce, 4, 8);
        cipher.updateAAD(chunk, 0, HEAD);
    }

    /** Whether a chunk says that this was before it. */
    static boolean follows(byte[] chunk, byte[] before) {
        return Arrays.equals(chunk, 4, HEAD, before, 0, HASH);
    }
}
