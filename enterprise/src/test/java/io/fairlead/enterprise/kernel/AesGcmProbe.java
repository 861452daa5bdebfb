package io.fairlead.enterprise.kernel;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A program of its own, because the JDK reads once whom to prefer: prints who computes AES-GCM, and who AES-CBC, SHA-256, ECDSA and
 * random numbers; then {@code same} when the JDK opens what that one sealed and the other way round, and both refuse it forged.
 */
final class AesGcmProbe {
    private static final SecretKeySpec KEY = new SecretKeySpec(new byte[32], "AES");
    private static final GCMParameterSpec NONCE = new GCMParameterSpec(128, new byte[12]);

    private AesGcmProbe() {}

    public static void main(String[] args) throws Exception {
        AesGcm.prefer();
        System.out.println(gcm(false).getProvider().getName());
        System.out.println(Cipher.getInstance("AES/CBC/NoPadding").getProvider().getName() + " "
                + MessageDigest.getInstance("SHA-256").getProvider().getName() + " "
                + Signature.getInstance("SHA256withECDSA").getProvider().getName() + " "
                + new SecureRandom().getProvider().getName());
        byte[] plain = new byte[100_000];
        Arrays.fill(plain, (byte) 7);
        for (boolean first : new boolean[] {true, false}) {
            byte[] sealed = crypt(gcm(first), Cipher.ENCRYPT_MODE, plain);
            assert Arrays.equals(plain, crypt(gcm(!first), Cipher.DECRYPT_MODE, sealed));
            sealed[50_000]++;
            try {
                byte[] unused = crypt(gcm(!first), Cipher.DECRYPT_MODE, sealed);
                throw new AssertionError("forged, and opened");
            } catch (AEADBadTagException asItShould) {
                assert sealed.length == plain.length + 16;
            }
        }
        System.out.println("same");
    }

    private static Cipher gcm(boolean jdk) throws Exception {
        String name = "AES/GCM/NoPadding";
        return jdk ? Cipher.getInstance(name, "SunJCE") : Cipher.getInstance(name);
    }

    private static byte[] crypt(Cipher cipher, int mode, byte[] bytes) throws Exception {
        cipher.init(mode, KEY, NONCE);
        cipher.updateAAD(new byte[] {1, 2, 3});
        return cipher.doFinal(bytes);
    }
}
