package io.fairlead.enterprise.identity;

import io.fairlead.enterprise.audit.CheckpointSigner;
import io.fairlead.enterprise.identity.Template.Leaf;
import io.fairlead.enterprise.kernel.CannotStart;
import io.fairlead.enterprise.kernel.DataFolder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.util.IPAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's own leaf certificates, one file each in the secrets folder ({@code own-NAME.pem}: key, leaf, issuer). A
 * certificate is made anew when two thirds of its life are over, when its names change, and when its file is gone or
 * damaged: peers trust the issuer, never the leaf. Blocks on the disk.
 */
public final class OwnCertificates {
    private static final Logger log = LoggerFactory.getLogger(OwnCertificates.class);
    private static final Duration SERVER_LIFE = Duration.ofDays(90);
    /** An instruction may wait long; the agent still wants its signer's certificate to be in time. */
    private static final Duration SIGNER_LIFE = Duration.ofDays(730);

    private final Authority authority;
    private final DataFolder data;
    private final Clock clock;

    public OwnCertificates(Authority authority, DataFolder data, Clock clock) {
        this.authority = authority;
        this.data = data;
        this.clock = clock;
    }

    /**
     * The certificate of a listener. Ask again now and then (once an hour is plenty) and hand what comes to the
     * listener when it differs.
     *
     * @param listener the listener's word, such as {@code agents}
     * @param names host names and IP addresses under which clients reach it, at least one
     * @throws CannotStart when a new one cannot be stored
     */
    public Credential server(String listener, Set<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("the " + listener + " listener needs a name");
        }
        List<GeneralName> alternatives = names.stream()
                .sorted()
                .map(name ->
                        new GeneralName(IPAddress.isValid(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toList();
        return current(listener, new Leaf("Fairlead " + listener, Usage.SERVERS, SERVER_LIFE, alternatives));
    }

    /** The certificate of the key that signs instructions. */
    Credential signer() {
        return current("signer", new Leaf("Fairlead instructions", Usage.SIGNERS, SIGNER_LIFE, List.of()));
    }

    /** The certificate of the key that signs checkpoints of the audit; good for nothing else. */
    Credential auditSigner() {
        return current(
                "audit", new Leaf("Fairlead audit", Usage.SIGNERS, CheckpointSigner.USAGE, SIGNER_LIFE, List.of()));
    }

    /** The certificate of the key that signs tickets of remote streams; good for nothing else. */
    Credential ticketSigner() {
        return current(
                "tickets", new Leaf("Fairlead tickets", Usage.SIGNERS, TicketSigner.USAGE, SIGNER_LIFE, List.of()));
    }

    /** The certificate of the key that signs editions of the allowlist; good for nothing else. */
    Credential allowlistSigner() {
        return current(
                "allowlist",
                new Leaf("Fairlead allowlist", Usage.SIGNERS, AllowlistSigner.USAGE, SIGNER_LIFE, List.of()));
    }

    /** Whether a certificate of a key that signs may go on: in time, and by the issuer that issues now. */
    boolean signerServes(Credential signer) {
        return clock.instant().isBefore(due(signer.leaf())) && isOfToday(signer.chain());
    }

    /** Whether the certificate of a key that signs is by the issuer that issues now. */
    boolean isOfToday(List<X509Certificate> signer) {
        return signer.size() > 1 && signer.get(1).equals(authority.issuer(Usage.SIGNERS));
    }

    /** When a certificate of ours is to be made anew: at two thirds of its life. */
    static Instant due(X509Certificate certificate) {
        Instant from = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(from, certificate.getNotAfter().toInstant());
        return from.plus(life.multipliedBy(2).dividedBy(3));
    }

    private synchronized Credential current(String name, Leaf wanted) {
        String file = "own-" + name + ".pem";
        Optional<Credential> stored = data.readSecret(file).flatMap(pem -> read(file, pem));
        if (stored.isPresent() && serves(stored.get(), wanted)) {
            return stored.get();
        }
        Credential made = authority.own(wanted);
        data.writeSecret(file, Pem.of(made));
        log.info(
                "certificate=made name={} serial={} notAfter={}",
                name,
                DeviceFacts.serial(made.leaf()),
                made.leaf().getNotAfter().toInstant());
        return made;
    }

    private static Optional<Credential> read(String file, byte[] pem) {
        try {
            return Optional.of(new Credential(Pem.key(pem), Pem.certificates(pem)));
        } catch (IOException | GeneralSecurityException damaged) {
            log.warn("certificate=unreadable file={} remedy=made-anew", file, damaged);
            return Optional.empty();
        }
    }

    private boolean serves(Credential stored, Leaf wanted) {
        return clock.instant().isBefore(due(stored.leaf()))
                && stored.chain().size() == 2
                && stored.chain().get(1).equals(authority.issuer(wanted.usage()))
                && KeyMatch.matches(stored.key(), stored.leaf().getPublicKey())
                && hasPurpose(stored.leaf(), wanted.purpose())
                && sameNames(stored.leaf(), wanted.names());
    }

    private static boolean hasPurpose(X509Certificate certificate, String wanted) {
        try {
            return List.of(wanted).equals(certificate.getExtendedKeyUsage());
        } catch (CertificateParsingException unreadable) {
            return false;
        }
    }

    private static boolean sameNames(X509Certificate certificate, List<GeneralName> wanted) {
        try {
            Set<GeneralName> there = new HashSet<>();
            var names = certificate.getSubjectAlternativeNames();
            if (names != null) {
                for (List<?> name : names) {
                    there.add(new GeneralName((Integer) name.get(0), String.valueOf(name.get(1))));
                }
            }
            return there.equals(new HashSet<>(wanted));
        } catch (CertificateParsingException unreadable) {
            return false;
        }
    }
}
