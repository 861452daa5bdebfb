package io.fairlead.enterprise.identity;

import io.fairlead.enterprise.kernel.CannotStart;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs instructions when they are created; nobody else does. A signature takes about half a millisecond of the calling
 * thread. The key is replaced at two thirds of its certificate's life, and when
 * another issuer issues. Safe for use by several threads.
 */
public final class OrderSigner {
    private static final Logger log = LoggerFactory.getLogger(OrderSigner.class);

    private record Current(Credential credential, String keyId) {}

    private final OwnCertificates certificates;
    private volatile Current current;

    /** Loads the key or makes it; blocks on the disk, as {@link #sign} does when it replaces the key. */
    public OrderSigner(OwnCertificates certificates) {
        this.certificates = certificates;
        this.current = describe(certificates.signer());
    }

    /** Signs one order; the bytes are delivered exactly as they are here. */
    public SignedBytes sign(byte[] order) {
        Current by = current();
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(by.credential.key());
            signature.update(order);
            return new SignedBytes(order, signature.sign(), by.keyId, Pem.der(by.credential.leaf()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the instruction key cannot sign", impossible);
        }
    }

    /** The key that signs now: the first 16 bytes of SHA-256 over its SubjectPublicKeyInfo, 32 hexadecimal digits. */
    public String keyId() {
        return current().keyId;
    }

    /** The certificate of the key that signs now, DER. */
    public byte[] certificate() {
        return Pem.der(current().credential.leaf());
    }

    private Current current() {
        Current known = current;
        if (certificates.signerServes(known.credential)) {
            return known;
        }
        return renew(known);
    }

    private synchronized Current renew(Current known) {
        if (!current.keyId.equals(known.keyId)) {
            return current;
        }
        try {
            current = describe(certificates.signer());
        } catch (CannotStart notStored) {
            // A third of its life is left to put the disk right.
            log.warn(
                    "signer=not-renewed notAfter={}",
                    known.credential.leaf().getNotAfter().toInstant(),
                    notStored);
        }
        return current;
    }

    private static Current describe(Credential credential) {
        X509Certificate certificate = credential.leaf();
        return new Current(credential, keyId(certificate.getPublicKey()));
    }

    private static String keyId(PublicKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
