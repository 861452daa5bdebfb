package io.fairlead.enterprise.identity;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Whether two halves make a pair. The JDK cannot derive one from the other, so they sign and verify. */
final class KeyMatch {
    private static final byte[] SAMPLE = {'f', 'a', 'i', 'r', 'l', 'e', 'a', 'd'};

    private KeyMatch() {}

    static boolean matches(PrivateKey key, PublicKey other) {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(key);
            signer.update(SAMPLE);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(other);
            verifier.update(SAMPLE);
            return verifier.verify(signature);
        } catch (GeneralSecurityException noPair) {
            return false;
        }
    }
}
