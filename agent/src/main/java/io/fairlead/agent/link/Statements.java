package io.fairlead.agent.link;

import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.contract.agent.Anchors;
import io.fairlead.contract.agent.RootSignature;
import io.fairlead.contract.agent.SignedAnchors;
import io.fairlead.soap.Documents;
import io.fairlead.statements.EcdsaSignature;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only way by which new authorities come to this device: a statement that a pinned root has signed, with a number
 * above the present one. Nothing of it is parsed before its signature is verified; what is good is forced to disk before
 * it counts. Both what is taken and what is refused is noted in the customer's audit. One thread at a time.
 */
public final class Statements {
    static final String LABEL = "fairlead anchors 1";
    static final int MOST_BYTES = 32_768;
    static final int MOST_CERTIFICATES = 16;
    static final int MOST_SIGNATURES = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Statements.class);

    private final CurrentIdentity identity;
    private final Documents documents;
    private final LocalAudit audit;
    private String refusedLast = "";

    public Statements(CurrentIdentity identity, Documents documents, LocalAudit audit) {
        this.identity = identity;
        this.documents = documents;
        this.audit = audit;
    }

    /**
     * Pins what a statement names, or refuses it. The same one refused again is noted once.
     *
     * @throws IOException when it is good and cannot be kept
     */
    public void take(SignedAnchors signed) throws IOException {
        PinnedCas pinned = identity.kept().cas();
        byte[] bytes = signed.getStatement();
        try {
            PinnedCas stated = judged(signed, bytes, pinned);
            identity.pin(stated);
            LOG.info("anchors=pinned number={} before={} roots={}", stated.number(), pinned.number(), names(stated));
            audit.record(
                    LocalAuditCode.ANCHORS_PINNED,
                    "number",
                    stated.number(),
                    "before",
                    pinned.number(),
                    "authorities",
                    names(stated));
        } catch (CertificateException e) {
            refuse(bytes, String.valueOf(e.getMessage()));
        }
    }

    /** @throws CertificateException saying why it is not believed */
    private PinnedCas judged(SignedAnchors signed, byte @Nullable [] bytes, PinnedCas pinned)
            throws CertificateException {
        if (bytes == null || bytes.length == 0 || bytes.length > MOST_BYTES) {
            throw new CertificateException("the statement is empty or larger than " + MOST_BYTES + " bytes");
        }
        List<RootSignature> signatures = signed.getSignature();
        if (signatures.size() > MOST_SIGNATURES
                || signatures.stream().noneMatch(one -> madeByPinnedRoot(one, bytes, pinned))) {
            throw new CertificateException("no root that this device pins has signed the statement");
        }
        Anchors anchors = parsed(bytes);
        if (!LABEL.equals(anchors.getLabel())) {
            throw new CertificateException("the signed bytes are not labelled as authorities");
        }
        if (anchors.getNumber() <= pinned.number()) {
            throw new CertificateException(
                    "its number " + anchors.getNumber() + " is not above the present one, " + pinned.number());
        }
        return PinnedCas.stated(anchors.getNumber(), certificates(anchors), pinned.lineage());
    }

    private static boolean madeByPinnedRoot(RootSignature signature, byte[] bytes, PinnedCas pinned) {
        byte[] der = signature.getValue();
        return der != null
                && pinned.roots().stream()
                        .filter(root -> keyId(root).equals(signature.getKey()))
                        .anyMatch(root -> new EcdsaSignature(der).over(bytes, root.getPublicKey()));
    }

    private Anchors parsed(byte[] bytes) throws CertificateException {
        try {
            return documents.read(bytes, Anchors.class);
        } catch (RuntimeException e) {
            // Signed or not, it must not stop us.
            throw new CertificateException("the statement is not one of this contract", e);
        }
    }

    private static List<X509Certificate> certificates(Anchors anchors) throws CertificateException {
        if (anchors.getCertificate().size() > MOST_CERTIFICATES) {
            throw new CertificateException("the statement names more than " + MOST_CERTIFICATES + " authorities");
        }
        List<X509Certificate> all = new ArrayList<>();
        for (byte[] der : anchors.getCertificate()) {
            List<X509Certificate> one = Pem.certificates(der);
            if (one.size() != 1 || !Arrays.equals(one.get(0).getEncoded(), der)) {
                throw new CertificateException("an authority is no certificate");
            }
            all.add(one.get(0));
        }
        return all;
    }

    private void refuse(byte @Nullable [] bytes, String why) {
        String mark = digest(bytes) + why;
        if (mark.equals(refusedLast)) {
            return;
        }
        refusedLast = mark;
        LOG.warn("anchors=refused why=\"{}\"", ServerTrust.oneLine(why, 300));
        audit.record(LocalAuditCode.ANCHORS_REFUSED, "why", ServerTrust.oneLine(why, 200), "sha256", digest(bytes));
    }

    /** The first 16 bytes of SHA-256 over the public key, in hexadecimal digits. */
    static String keyId(X509Certificate root) {
        return digest(root.getPublicKey().getEncoded());
    }

    private static String digest(byte @Nullable [] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes == null ? new byte[0] : bytes);
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String names(PinnedCas cas) {
        return String.join(
                ", ",
                cas.all().stream()
                        .map(PinnedCas::commonName)
                        .map(ServerTrust::printable)
                        .toList());
    }
}
