package io.fairlead.agent.kernel;

import io.fairlead.statements.EcdsaSignature;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Judges the certificates of who signs for the enterprise (RFC 5280): issued by a pinned issuer of signers, valid at the
 * trusted time, with one extended key usage and no right to issue others.
 */
public final class Signers {
    /** The extended key usage of an instruction signer. */
    public static final String INSTRUCTIONS = "2.25.198713.1";

    /** The extended key usage of who signs checkpoints of the audit. */
    public static final String AUDIT = "2.25.198713.2";

    /** The extended key usage of who signs editions of the allowlist. */
    public static final String ALLOWLISTS = "2.25.198713.4";

    private final Supplier<List<X509Certificate>> issuers;
    private final Supplier<Instant> now;
    private final String usage;

    /**
     * @param issuers those that are pinned at the moment
     * @param now the trusted time
     * @param usage the extended key usage that a signer must have, and no other
     */
    public Signers(Supplier<List<X509Certificate>> issuers, Supplier<Instant> now, String usage) {
        this.issuers = issuers;
        this.now = now;
        this.usage = usage;
    }

    /**
     * The certificate with this key among those that came; empty when there is none. Of several the first that is trusted:
     * a forged one beside it, for the same key, must not hide it.
     */
    public Optional<X509Certificate> find(String keyId, List<byte[]> certificates) {
        List<X509Certificate> ofKey = certificates.stream()
                .map(Signers::parse)
                .flatMap(Optional::stream)
                .filter(certificate -> keyId(certificate).equals(keyId))
                .toList();
        return ofKey.stream()
                .filter(this::trusted)
                .findFirst()
                .or(() -> ofKey.stream().findFirst());
    }

    /** Whether its key may sign. */
    public boolean trusted(X509Certificate signer) {
        return issuers.get().stream().anyMatch(issuer -> trusted(signer, issuer));
    }

    private boolean trusted(X509Certificate signer, X509Certificate issuer) {
        try {
            Date at = Date.from(now.get());
            issuer.checkValidity(at);
            signer.checkValidity(at);
            if (!signer.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
                return false;
            }
            signer.verify(issuer.getPublicKey());
            List<String> usages = signer.getExtendedKeyUsage();
            return usages != null
                    && usages.equals(List.of(usage))
                    && signer.getBasicConstraints() == -1
                    && !signer.hasUnsupportedCriticalExtension()
                    && maySign(signer)
                    && isP256(signer);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean maySign(X509Certificate signer) {
        boolean[] usage = signer.getKeyUsage();
        return usage == null || usage[0];
    }

    private static boolean isP256(X509Certificate signer) {
        return signer.getPublicKey() instanceof ECPublicKey key
                && key.getParams().getOrder().equals(EcdsaSignature.P256_ORDER);
    }

    /** The first 16 bytes of SHA-256 over its SubjectPublicKeyInfo, 32 hexadecimal digits. */
    public static String keyId(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(certificate.getPublicKey().getEncoded());
            return HexFormat.of().formatHex(Arrays.copyOf(hash, 16));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Optional<X509Certificate> parse(byte[] der) {
        try {
            return Optional.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
        } catch (CertificateException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
