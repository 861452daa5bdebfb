package io.fairlead.enterprise.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * Signs the editions of the allowlist, by a key of its own: its certificate is by the issuer of signers, and its extended
 * key usage is good for nothing that agents obey. Safe for use by several threads.
 */
public final class AllowlistSigner {
    /** The extended key usage; an arc of our own below 2.25. */
    public static final String USAGE = "2.25.198713.4";

    private final OwnCertificates certificates;
    private final SigningKey key;

    /** Loads the key or makes it; blocks on the disk, as {@link #sign} does when it replaces the key. */
    public AllowlistSigner(OwnCertificates certificates) {
        this.certificates = certificates;
        this.key = new SigningKey(certificates, certificates::allowlistSigner);
    }

    /**
     * What a key made of a document.
     *
     * @param signature ECDSA with P-256 and SHA-256, ASN.1 DER, as base64
     * @param chain the key's certificate and its issuers, PEM
     */
    public record Signed(String signature, String chain) {}

    public Signed sign(byte[] document) {
        SigningKey.Current by = key.current();
        return new Signed(
                Base64.getEncoder().encodeToString(by.sign(document)),
                new String(Pem.of(by.credential().chain()), StandardCharsets.US_ASCII));
    }

    /** Whether such a chain, this server's or another node's, is by the issuer of signers that issues now. */
    public boolean isOfToday(String chain) {
        try {
            return certificates.isOfToday(Pem.certificates(chain.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException | GeneralSecurityException damaged) {
            return false;
        }
    }
}
