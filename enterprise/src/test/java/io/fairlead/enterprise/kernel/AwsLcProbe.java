package io.fairlead.enterprise.kernel;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A program of its own, because the JDK reads once whom to prefer: prints who computes AES-GCM and ECDSA with SHA-256, and who
 * AES-CBC, SHA-256, SHA-512 with ECDSA and random numbers; then {@code same} when the JDK opens and believes what that one sealed and
 * signed and the other way round, and both refuse what is forged.
 */
final class AwsLcProbe {
    private static final SecretKeySpec KEY = new SecretKeySpec(new byte[32], "AES");
    private static final GCMParameterSpec NONCE = new GCMParameterSpec(128, new byte[12]);

    private AwsLcProbe() {}

    public static void main(String[] args) throws Exception {
        AwsLc.prefer();
        System.out.println(gcm(false).getProvider().getName() + " "
                + ecdsa(false).getProvider().getName());
        System.out.println(Cipher.getInstance("AES/CBC/NoPadding").getProvider().getName() + " "
                + MessageDigest.getInstance("SHA-256").getProvider().getName() + " "
                + Signature.getInstance("SHA512withECDSA").getProvider().getName() + " "
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
        KeyPair keys = keys();
        for (boolean first : new boolean[] {true, false}) {
            byte[] signature = signed(first, keys, plain);
            assert believed(!first, keys, plain, signature);
            assert !believed(!first, keys(), plain, signature);
            assert !believed(!first, keys, new byte[3], signature);
            assert !believed(!first, keys, plain, Arrays.copyOf(signature, 20));
            assert !believed(!first, keys, plain, new byte[0]);
            signature[signature.length - 1]++;
            assert !believed(!first, keys, plain, signature);
        }
        System.out.println("same");
    }

    private static KeyPair keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static Signature ecdsa(boolean jdk) throws Exception {
        String name = "SHA256withECDSA";
        return jdk ? Signature.getInstance(name, "SunEC") : Signature.getInstance(name);
    }

    private static byte[] signed(boolean jdk, KeyPair keys, byte[] text) throws Exception {
        Signature signer = ecdsa(jdk);
        signer.initSign(keys.getPrivate());
        signer.update(text);
        return signer.sign();
    }

    private static boolean believed(boolean jdk, KeyPair keys, byte[] text, byte[] signature) throws Exception {
        Signature verifier = ecdsa(jdk);
        verifier.initVerify(keys.getPublic());
        verifier.update(text);
        try {
            return verifier.verify(signature);
        } catch (SignatureException nonsense) {
            return false;
        }
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
