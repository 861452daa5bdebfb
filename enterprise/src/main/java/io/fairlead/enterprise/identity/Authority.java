package io.fairlead.enterprise.identity;

import io.fairlead.enterprise.identity.Template.Leaf;
import io.fairlead.enterprise.kernel.CannotStart;
import io.fairlead.enterprise.kernel.DataFolder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The roots and the issuers under them. The first {@link Generation} is made at the first start, in {@code authority}
 * below the secrets folder; its {@code root.key} may be taken away then and kept offline. While authorities are rolled
 * over there are two generations: both are trusted, one issues. Nodes that share the folder {@link #reload} it when one of
 * them has changed it. Safe for use by several threads.
 */
public final class Authority {
    /** The longest, and the usual, life of a device's certificate. */
    public static final Duration DEVICE_LIFE = Duration.ofDays(90);

    static final Duration ROOT_LIFE = Duration.ofDays(20 * 365 + 5);
    static final Duration ISSUER_LIFE = Duration.ofDays(10 * 365 + 2);
    /** A site's clock may be a little behind ours: certificates begin earlier than they are made. */
    private static final Duration AUTHORITY_BACKDATED = Duration.ofDays(1);
    /** A short life is not spent on that. */
    private static final Duration LEAF_BACKDATED = Duration.ofHours(1);

    private final AuthorityFiles files;
    private final Template template;
    private final Clock clock;
    private final Duration deviceLife;
    private final boolean fresh;
    private final List<Runnable> changed = new CopyOnWriteArrayList<>();
    private volatile Known known;

    /** What the folder says. */
    private record Known(AuthorityPlan plan, Map<Integer, Generation> generations) {
        Generation issuing() {
            return Objects.requireNonNull(generations.get(plan.issuing()));
        }
    }

    private Authority(AuthorityFiles files, Template template, Clock clock, Duration deviceLife, boolean fresh) {
        this.files = files;
        this.template = template;
        this.clock = clock;
        this.deviceLife = deviceLife;
        this.fresh = fresh;
        this.known = read();
    }

    /** As the other, with certificates of devices that live {@link #DEVICE_LIFE}. */
    public static Authority open(DataFolder data, Clock clock, SecureRandom random) {
        return open(data, clock, random, DEVICE_LIFE);
    }

    /**
     * Loads the authority, or makes it when there is none yet. Blocks on the disk.
     *
     * @param deviceLife of the certificates of devices, from a moment before they are made
     * @throws CannotStart when a file is missing, damaged or does not belong to the others; the message names it. An
     *     authority that cannot be read is never replaced: the fleet trusts it.
     */
    public static Authority open(DataFolder data, Clock clock, SecureRandom random, Duration deviceLife) {
        Template template = new Template(random);
        AuthorityFiles files = new AuthorityFiles(data);
        boolean fresh = !files.exists();
        try {
            files.clear();
            if (fresh) {
                Instant notBefore = authorityFrom(clock);
                files.make(1, folder -> {
                    Credential root = template.root(notBefore, ROOT_LIFE);
                    Generation.write(folder, "root", root);
                    for (Usage usage : Usage.values()) {
                        Generation.write(folder, usage.word(), template.issuer(root, usage, notBefore, ISSUER_LIFE));
                    }
                });
            }
        } catch (IOException | GeneralSecurityException failed) {
            throw new CannotStart(
                    "The authority in " + files.folder() + " cannot be made: " + failed.getMessage(), failed);
        }
        return new Authority(files, template, clock, deviceLife, fresh);
    }

    /** When an authority that is made now begins. */
    static Instant authorityFrom(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(AUTHORITY_BACKDATED);
    }

    private Known read() {
        AuthorityPlan plan = files.plan();
        return new Known(plan, files.load(plan));
    }

    /**
     * Reads the folder again, and tells those who asked when something is other than before. Blocks on the disk.
     *
     * @throws CannotStart as {@link #open}; all stays as it was then
     */
    public synchronized void reload() {
        AuthorityPlan before = known.plan();
        if (files.plan().toJson().equals(before.toJson())) {
            return;
        }
        known = read();
        changed.forEach(Runnable::run);
    }

    /** Calls whenever {@link #reload} has found something new, on its thread. */
    public void onChange(Runnable call) {
        changed.add(call);
    }

    /** Whether this start made it; the audit wants to know. */
    public boolean fresh() {
        return fresh;
    }

    /** The root above the issuers that issue now. */
    public X509Certificate root() {
        return known.issuing().root();
    }

    /** The same as text (RFC 7468). */
    public byte[] rootPem() {
        return Pem.of(List.of(root()));
    }

    /** The certificate of one of the three issuers that issue now. */
    public X509Certificate issuer(Usage usage) {
        return known.issuing().issuer(usage).leaf();
    }

    /** The certificates of all issuers of that kind that agents trust: one, or two while they are rolled over. */
    public List<X509Certificate> trusted(Usage usage) {
        return known.generations().values().stream()
                .map(generation -> generation.issuer(usage).leaf())
                .toList();
    }

    /** The newest statement of authorities for agents; empty before the first roll-over. */
    public Optional<Announcement> announcement() {
        return Optional.ofNullable(known.plan().announced());
    }

    /** Whether the issuers of another generation are to be given up. */
    boolean rollingOff() {
        AuthorityPlan plan = known.plan();
        return plan.issuing() != plan.trusted().get(0);
    }

    AuthorityPlan plan() {
        return known.plan();
    }

    /** Those that are trusted, by number. */
    Map<Integer, Generation> generations() {
        return known.generations();
    }

    AuthorityFiles files() {
        return files;
    }

    Template template() {
        return template;
    }

    /** SHA-256 over the root's SubjectPublicKeyInfo, base64url without padding: what an enrolment string pins. */
    public String rootKeySha256() {
        return keySha256(root());
    }

    static String keySha256(X509Certificate certificate) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(certificate.getPublicKey()));
    }

    /** The first 16 bytes of SHA-256 over the SubjectPublicKeyInfo, 32 hexadecimal digits. */
    static String keyId(X509Certificate certificate) {
        return HexFormat.of().formatHex(sha256(certificate.getPublicKey()), 0, 16);
    }

    static byte[] sha256(PublicKey key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** The roots and the issuers that agents trust, as certs-only PKCS#7 (RFC 7030 section 4.1.3), DER. */
    public byte[] certificates() {
        return certsOnly(certificates(known.generations().values()));
    }

    /** Of several generations, each certificate once. */
    static List<X509Certificate> certificates(Iterable<Generation> generations) {
        List<X509Certificate> all = new ArrayList<>();
        for (Generation generation : generations) {
            for (X509Certificate one : generation.certificates()) {
                if (!all.contains(one)) {
                    all.add(one);
                }
            }
        }
        return all;
    }

    /** Certificates as certs-only PKCS#7, DER, in this order. */
    public static byte[] certsOnly(List<X509Certificate> certificates) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertPath(certificates)
                    .getEncoded("PKCS7");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK writes PKCS#7", impossible);
        }
    }

    /**
     * A device's certificate: nothing of it but the key is the device's own wish.
     *
     * @param device its id, valid as the contract's DeviceId
     * @param epoch the epoch of enrolment, 32 hexadecimal digits
     */
    X509Certificate device(PublicKey key, String device, String epoch) {
        Leaf leaf = Leaf.device(device, epoch, deviceLife);
        return leaf(known.issuing().issuer(leaf.usage()), key, leaf);
    }

    /** A key and certificate of the server's own, with its issuer's certificate behind. */
    Credential own(Leaf leaf) {
        try {
            Credential issuer = known.issuing().issuer(leaf.usage());
            KeyPair key = template.newKey();
            return new Credential(key.getPrivate(), List.of(leaf(issuer, key.getPublic(), leaf), issuer.leaf()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK makes P-256 keys", impossible);
        }
    }

    private X509Certificate leaf(Credential issuer, PublicKey key, Leaf leaf) {
        Duration backdated = leaf.life().dividedBy(24);
        Instant notBefore = clock.instant()
                .truncatedTo(ChronoUnit.SECONDS)
                .minus(backdated.compareTo(LEAF_BACKDATED) < 0 ? backdated : LEAF_BACKDATED);
        try {
            return template.leaf(issuer, notBefore, key, leaf);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the issuer of " + leaf.usage().word() + " cannot sign", impossible);
        }
    }
}
