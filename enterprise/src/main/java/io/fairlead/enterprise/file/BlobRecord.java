package io.fairlead.enterprise.file;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * One chunk of a blob, encrypted with the blob's key by AES-256-GCM. Associated data are the blob's id, the chunk's
 * number from 0, and the first 12 bytes: a chunk cannot be moved, exchanged, cut or taken for the last. Nonces are
 * random, since a chunk that a crash has torn is written again.
 *
 * <pre>
 *   0  last chunk: highest bit; length n of the plain bytes   4
 *   4  offset of the first plain byte in the file             8
 *  12  nonce                                                 12
 *  24  encrypted bytes, tag                              n + 16
 * </pre>
 */
record BlobRecord(long number, long offset, int length, boolean last) {
    static final int HEAD = 24;
    static final int TAG = 16;
    static final int OVERHEAD = HEAD + TAG;

    private static final int BOUND = 12;
    private static final int NONCE = 12;
    private static final int LAST = 1 << 31;

    /** What a head says; null when no record begins so. It is believed only when the record opens. */
    static @Nullable BlobRecord read(long number, ByteBuffer head) {
        int first = head.getInt(0);
        int length = first & ~LAST;
        long offset = head.getLong(4);
        return length > BlobStore.CHUNK || offset < 0
                ? null
                : new BlobRecord(number, offset, length, (first & LAST) != 0);
    }

    /** Bytes on disk. */
    int size() {
        return OVERHEAD + length;
    }

    /** Where the next chunk begins in the file. */
    long end() {
        return offset + length;
    }

    ByteBuffer seal(String blob, SecretKey key, byte[] plain, SecureRandom random) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] record = new byte[size()];
        ByteBuffer head = ByteBuffer.wrap(record)
                .putInt(last ? length | LAST : length)
                .putLong(offset)
                .put(nonce);
        assert head.position() == HEAD;
        try {
            int written = cipher(Cipher.ENCRYPT_MODE, blob, key, record).doFinal(plain, 0, length, record, HEAD);
            assert written == length + TAG;
            return ByteBuffer.wrap(record);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-GCM", impossible);
        }
    }

    /** @param record the whole of it */
    byte[] open(String blob, SecretKey key, byte[] record) throws BlobDamaged {
        try {
            return cipher(Cipher.DECRYPT_MODE, blob, key, record).doFinal(record, HEAD, length + TAG);
        } catch (AEADBadTagException forged) {
            throw new BlobDamaged(blob, "chunk " + number, forged);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-GCM", impossible);
        }
    }

    private Cipher cipher(int mode, String blob, SecretKey key, byte[] record) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG * 8, record, BOUND, NONCE));
        cipher.updateAAD(HexFormat.of().parseHex(blob));
        cipher.updateAAD(ByteBuffer.allocate(8).putLong(number).flip());
        cipher.updateAAD(record, 0, BOUND);
        return cipher;
    }
}
