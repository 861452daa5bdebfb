package io.fairlead.enterprise.identity;

import io.fairlead.enterprise.identity.Template.Leaf;
import io.fairlead.enterprise.kernel.CannotStart;
import io.fairlead.enterprise.kernel.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The root key and the three issuers under it. Made at the first start, in {@code authority} below the secrets folder:
 * <pre>
 * root.key root.crt                 the root; root.key may be taken away after the first start and kept offline
 * devices.key devices.crt           the issuer of device certificates
 * servers.key servers.crt           of the listeners' certificates
 * signers.key signers.crt           of the instruction signers' certificates
 * </pre>
 * The folder is made under another name and renamed when it is whole, so that a first start that broke off leaves nothing
 * that a second would take for an authority. Safe for use by several threads.
 */
public final class Authority {
    private static final String FOLDER = "authority";
    private static final Duration ROOT_LIFE = Duration.ofDays(20 * 365 + 5);
    private static final Duration ISSUER_LIFE = Duration.ofDays(10 * 365 + 2);
    /** A site's clock may be a little behind ours: certificates begin earlier than they are made. */
    private static final Duration AUTHORITY_BACKDATED = Duration.ofDays(1);

    /** A short life is not spent on that. */
    private static final Duration LEAF_BACKDATED = Duration.ofHours(1);

    /** The longest, and the usual, life of a device's certificate. */
    public static final Duration DEVICE_LIFE = Duration.ofDays(90);

    private final Template template;
    private final Clock clock;
    private final Duration deviceLife;
    private final X509Certificate root;
    private final Map<Usage, Credential> issuers;
    private final boolean fresh;

    private Authority(
            Template template,
            Clock clock,
            Duration deviceLife,
            X509Certificate root,
            Map<Usage, Credential> issuers,
            boolean fresh) {
        this.template = template;
        this.clock = clock;
        this.deviceLife = deviceLife;
        this.root = root;
        this.issuers = issuers;
        this.fresh = fresh;
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
        Path folder = data.secretPath(FOLDER);
        boolean fresh = !Files.exists(folder);
        SecretFiles unfinished = new SecretFiles(data.secretPath(FOLDER + ".new"));
        try {
            unfinished.remove();
            if (fresh) {
                unfinished.createEmpty();
                make(unfinished, template, clock.instant().truncatedTo(ChronoUnit.SECONDS));
                unfinished.becomes(folder);
            }
        } catch (IOException | GeneralSecurityException failed) {
            throw new CannotStart("The authority in " + folder + " cannot be made: " + failed.getMessage(), failed);
        }
        return load(new SecretFiles(folder), template, clock, deviceLife, fresh);
    }

    private static void make(SecretFiles files, Template template, Instant now)
            throws IOException, GeneralSecurityException {
        Instant notBefore = now.minus(AUTHORITY_BACKDATED);
        Credential root = template.root(notBefore, ROOT_LIFE);
        write(files, "root", root);
        for (Usage usage : Usage.values()) {
            write(files, usage.word(), template.issuer(root, usage, notBefore, ISSUER_LIFE));
        }
    }

    private static void write(SecretFiles files, String name, Credential credential) throws IOException {
        files.write(name + ".key", Pem.of(credential.key()));
        files.write(name + ".crt", Pem.of(credential.chain()));
    }

    private static Authority load(
            SecretFiles files, Template template, Clock clock, Duration deviceLife, boolean fresh) {
        X509Certificate root = certificate(files, "root.crt");
        mustBeSigned(files.path("root.crt"), root, root);
        Map<Usage, Credential> issuers = new EnumMap<>(Usage.class);
        for (Usage usage : Usage.values()) {
            X509Certificate certificate = certificate(files, usage.word() + ".crt");
            mustBeSigned(files.path(usage.word() + ".crt"), certificate, root);
            PrivateKey key = key(files, usage.word() + ".key");
            if (!KeyMatch.matches(key, certificate.getPublicKey())) {
                throw new CannotStart(
                        files.path(usage.word() + ".key") + " is not the key of " + usage.word() + ".crt beside it.");
            }
            issuers.put(usage, new Credential(key, List.of(certificate)));
        }
        return new Authority(template, clock, deviceLife, root, issuers, fresh);
    }

    private static X509Certificate certificate(SecretFiles files, String name) {
        try {
            return Pem.certificates(files.read(name)).get(0);
        } catch (IOException | GeneralSecurityException unreadable) {
            throw unreadable(files, name, unreadable);
        }
    }

    private static PrivateKey key(SecretFiles files, String name) {
        try {
            return Pem.key(files.read(name));
        } catch (IOException | GeneralSecurityException unreadable) {
            throw unreadable(files, name, unreadable);
        }
    }

    private static CannotStart unreadable(SecretFiles files, String name, Exception cause) {
        return new CannotStart(
                files.path(name) + " cannot be read. Every agent trusts this authority: restore it from a backup.",
                cause);
    }

    private static void mustBeSigned(Path file, X509Certificate certificate, X509Certificate by) {
        try {
            certificate.verify(by.getPublicKey());
        } catch (GeneralSecurityException foreign) {
            throw new CannotStart(file + " is not signed by the root in root.crt beside it.", foreign);
        }
    }

    /** Whether this start made it; the audit wants to know. */
    public boolean fresh() {
        return fresh;
    }

    /** The certificate at which every chain of ours ends. */
    public X509Certificate root() {
        return root;
    }

    /** The certificate of one of the three issuers. */
    public X509Certificate issuer(Usage usage) {
        return credential(usage).leaf();
    }

    /** SHA-256 over the root's SubjectPublicKeyInfo, base64url without padding: what an enrolment string pins. */
    public String rootKeySha256() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(root.getPublicKey().getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** The root and the three issuers as certs-only PKCS#7 (RFC 7030 section 4.1.3), DER. */
    public byte[] certificates() {
        List<X509Certificate> all = new ArrayList<>();
        all.add(root);
        for (Usage usage : Usage.values()) {
            all.add(issuer(usage));
        }
        return certsOnly(all);
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
        return leaf(key, Leaf.device(device, epoch, deviceLife));
    }

    /** A key and certificate of the server's own, with its issuer's certificate behind. */
    Credential own(Leaf leaf) {
        try {
            KeyPair key = template.newKey();
            return new Credential(key.getPrivate(), List.of(leaf(key.getPublic(), leaf), issuer(leaf.usage())));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK makes P-256 keys", impossible);
        }
    }

    private X509Certificate leaf(PublicKey key, Leaf leaf) {
        Duration backdated = leaf.life().dividedBy(24);
        Instant notBefore = clock.instant()
                .truncatedTo(ChronoUnit.SECONDS)
                .minus(backdated.compareTo(LEAF_BACKDATED) < 0 ? backdated : LEAF_BACKDATED);
        try {
            return template.leaf(credential(leaf.usage()), notBefore, key, leaf);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the issuer of " + leaf.usage().word() + " cannot sign", impossible);
        }
    }

    private Credential credential(Usage usage) {
        Credential issuer = issuers.get(usage);
        if (issuer == null) {
            throw new IllegalStateException("no issuer of " + usage.word());
        }
        return issuer;
    }
}
