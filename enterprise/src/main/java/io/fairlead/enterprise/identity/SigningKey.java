package io.fairlead.enterprise.identity;

import io.fairlead.enterprise.kernel.CannotStart;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A key of the server's own that signs bytes, replaced at two thirds of its certificate's life and when another issuer
 * issues. Safe for use by several threads.
 */
final class SigningKey {
    private static final Logger log = LoggerFactory.getLogger(SigningKey.class);

    /** The key as it is now; what is signed by it and what is said of it belong together. */
    record Current(Credential credential, String keyId) {
        byte[] sign(byte[] bytes) {
            try {
                Signature signature = Signature.getInstance("SHA256withECDSA");
                signature.initSign(credential.key());
                signature.update(bytes);
                return signature.sign();
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("the key " + keyId + " cannot sign", impossible);
            }
        }
    }

    private final OwnCertificates certificates;
    private final Supplier<Credential> source;
    private volatile Current current;

    /** Loads the key or makes it; blocks on the disk, as {@link #current} does when it replaces the key. */
    SigningKey(OwnCertificates certificates, Supplier<Credential> source) {
        this.certificates = certificates;
        this.source = source;
        this.current = describe(source.get());
    }

    Current current() {
        Current known = current;
        return certificates.signerServes(known.credential) ? known : renew(known);
    }

    private synchronized Current renew(Current known) {
        if (!current.keyId.equals(known.keyId)) {
            return current;
        }
        try {
            current = describe(source.get());
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
        return new Current(credential, keyId(credential.leaf().getPublicKey()));
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
