package io.fairlead.enterprise.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a blob begins: its own key, wrapped by one of {@link BlobKeys} with AES-256-GCM, whose associated data are the
 * first 40 bytes.
 *
 * <pre>
 *   0  magic "FLBLOB01"     8
 *   8  the blob's id       16
 *  24  the wrapping key's  16
 *  40  nonce               12
 *  52  wrapped key, tag    48
 * </pre>
 */
final class BlobHeader {
    static final int LENGTH = 100;

    private static final byte[] MAGIC = "FLBLOB01".getBytes(StandardCharsets.US_ASCII);
    private static final int BOUND = 40;
    private static final int NONCE = 12;
    private static final int KEY = 32;
    private static final int TAG_BITS = 128;

    private final BlobKeys keys;
    private final SecureRandom random;

    BlobHeader(BlobKeys keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    /** A header with a fresh key. */
    byte[] make(String blob) {
        byte[] nonce = new byte[NONCE];
        byte[] key = new byte[KEY];
        random.nextBytes(nonce);
        random.nextBytes(key);
        ByteBuffer header = ByteBuffer.allocate(LENGTH)
                .put(MAGIC)
                .put(HexFormat.of().parseHex(blob))
                .put(HexFormat.of().parseHex(keys.newest()));
        SecretKey wrapping = keys.find(keys.newest());
        if (wrapping == null) {
            throw new IllegalStateException("the newest key is not there");
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, wrapping, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(header.array(), 0, BOUND);
            return header.put(nonce).put(cipher.doFinal(key)).array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-GCM", impossible);
        }
    }

    /** The key that a header holds. */
    SecretKey open(String blob, byte[] header) throws BlobDamaged {
        byte[] id = HexFormat.of().parseHex(blob);
        if (header.length != LENGTH
                || !Arrays.equals(header, 0, 8, MAGIC, 0, 8)
                || !Arrays.equals(header, 8, 24, id, 0, 16)) {
            throw new BlobDamaged(blob, "not its header");
        }
        SecretKey wrapping = keys.find(HexFormat.of().formatHex(header, 24, BOUND));
        if (wrapping == null) {
            throw new BlobDamaged(blob, "its key is not in " + BlobKeys.FILE);
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, wrapping, new GCMParameterSpec(TAG_BITS, header, BOUND, NONCE));
            cipher.updateAAD(header, 0, BOUND);
            return new SecretKeySpec(cipher.doFinal(header, BOUND + NONCE, LENGTH - BOUND - NONCE), "AES");
        } catch (AEADBadTagException forged) {
            throw new BlobDamaged(blob, "its header", forged);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-GCM", impossible);
        }
    }
}
