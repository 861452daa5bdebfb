package io.fairlead.agent.link;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A new key, P-256, and the request to certify it (PKCS#10). The request names nobody: the enterprise knows the device by
 * the code and takes nothing but the public key. The only class that loads Bouncy Castle, and only at enrolment.
 */
final class CertificateRequest {
    private final PrivateKey key;
    private final byte[] der;

    /** @param der the request; not copied */
    CertificateRequest(PrivateKey key, byte[] der) {
        this.key = key;
        this.der = der;
    }

    static CertificateRequest withNewKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] der = new JcaPKCS10CertificationRequestBuilder(
                            new X500Principal("CN=Fairlead device"), pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                    .getEncoded();
            return new CertificateRequest(pair.getPrivate(), der);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("this Java runtime cannot request a P-256 certificate", e);
        }
    }

    PrivateKey key() {
        return key;
    }

    /** PKCS#10. */
    byte[] der() {
        return der;
    }
}
