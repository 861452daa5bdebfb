package io.fairlead.enterprise.audit;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges who signed a checkpoint: a key whose certificate is for that and nothing else, by an issuer of signers, under one
 * of these roots, all of them valid when the checkpoint was made.
 *
 * @param roots at least one, or nothing is believed
 */
public record TrustAnchors(List<X509Certificate> roots) {
    private static final String SIGNERS = "2.25.198713.1";

    public TrustAnchors {
        roots = List.copyOf(roots);
    }

    /** Why a checkpoint is not to be believed; empty when it is. */
    public Optional<String> fault(SignedCheckpoint signed) {
        try {
            return Optional.ofNullable(judge(signed));
        } catch (GeneralSecurityException | RuntimeException malformed) {
            return Optional.of("its certificates cannot be read");
        }
    }

    private @Nullable String judge(SignedCheckpoint signed) throws GeneralSecurityException {
        if (signed.certificates().size() != 2) {
            return "its certificates are missing";
        }
        X509Certificate leaf = certificate(signed.certificates().get(0));
        X509Certificate issuer = certificate(signed.certificates().get(1));
        if (!keyId(leaf).equals(signed.checkpoint().keyId())) {
            return "the certificate with it is for another key";
        }
        if (!List.of(CheckpointSigner.USAGE).equals(leaf.getExtendedKeyUsage()) || leaf.getBasicConstraints() != -1) {
            return "the key that signed it is not for the audit";
        }
        if (!signed(leaf, issuer) || issuer.getBasicConstraints() < 0) {
            return "the certificate of its key is not by the issuer beside it";
        }
        if (!List.of(SIGNERS).equals(issuer.getExtendedKeyUsage())) {
            return "the issuer of its key is not for signers";
        }
        Optional<X509Certificate> root =
                roots.stream().filter(one -> signed(issuer, one)).findFirst();
        if (root.isEmpty()) {
            return "its key is under a root that is not known here (--root FILE gives another)";
        }
        Instant at = signed.checkpoint().at();
        if (!valid(leaf, at) || !valid(issuer, at) || !valid(root.get(), at)) {
            return "its key was not valid at its time";
        }
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(leaf);
        verifier.update(signed.checkpoint().statement());
        return verifier.verify(signed.signature()) ? null : "its signature is wrong";
    }

    private static boolean valid(X509Certificate certificate, Instant at) {
        return !at.isBefore(certificate.getNotBefore().toInstant())
                && !at.isAfter(certificate.getNotAfter().toInstant());
    }

    private static boolean signed(X509Certificate certificate, X509Certificate by) {
        if (!certificate.getIssuerX500Principal().equals(by.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(by.getPublicKey());
            return true;
        } catch (GeneralSecurityException foreign) {
            return false;
        }
    }

    private static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private static String keyId(X509Certificate certificate) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(certificate.getPublicKey().getEncoded());
        return HexFormat.of().formatHex(digest, 0, 16);
    }
}
