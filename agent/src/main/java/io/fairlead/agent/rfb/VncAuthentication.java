package io.fairlead.agent.rfb;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * The answer to a server's challenge (RFC 6143, 7.2.2): 16 bytes by DES, each half alone, the password being the key. Weak,
 * and the only one that all servers have; it runs on loopback.
 */
final class VncAuthentication {
    static final int LENGTH = 16;

    private VncAuthentication() {}

    /** The password is left as it is; what was copied of it is wiped, as far as Java lets it. */
    @SuppressWarnings("InsecureCryptoUsage") // The protocol's, not a choice.
    static byte[] answer(byte[] challenge, byte[] password) {
        byte[] key = new byte[8];
        for (int i = 0; i < Math.min(8, password.length); i++) {
            // The protocol counts the bits of each byte from the other end.
            key[i] = (byte) (Integer.reverse(password[i]) >>> 24);
        }
        try {
            Cipher des = Cipher.getInstance("DES/ECB/NoPadding");
            des.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "DES"));
            return des.doFinal(challenge);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no DES, which VNC Authentication needs", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
