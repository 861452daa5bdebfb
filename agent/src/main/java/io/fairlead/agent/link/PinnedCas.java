package io.fairlead.agent.link;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * The enterprise's authorities as this device knows them: roots, and under them issuers for each purpose, so that a
 * device's certificate never passes for a server's. Usually one of each; while authorities are rolled over, the present
 * and the coming ones.
 *
 * @param number of the statement that brought them; 0 for those of the enrolment
 * @param roots the anchors; self-signed
 * @param devices issue device certificates, this one's among them
 * @param servers issue what servers show
 * @param signers issue the keys that sign instructions
 * @param formerRoots hashes, as {@link #keyHash} makes them, of roots by whose word the present ones are pinned
 */
public record PinnedCas(
        long number,
        List<X509Certificate> roots,
        List<X509Certificate> devices,
        List<X509Certificate> servers,
        List<X509Certificate> signers,
        Set<String> formerRoots) {
    static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    static final String SIGN_INSTRUCTIONS = "2.25.198713.1";

    private static final String DEVICES = "Fairlead devices";
    private static final String SERVERS = "Fairlead servers";
    private static final String SIGNERS = "Fairlead signers";

    /**
     * Checks that each issuer is an authority for its purpose that one of the roots signed. Validity in time is judged
     * when a chain is.
     *
     * @throws IllegalArgumentException naming the certificate that is not what it should be
     */
    public PinnedCas {
        roots = List.copyOf(roots);
        devices = List.copyOf(devices);
        servers = List.copyOf(servers);
        signers = List.copyOf(signers);
        formerRoots = Set.copyOf(formerRoots);
        if (number < 0 || roots.isEmpty() || devices.isEmpty() || servers.isEmpty() || signers.isEmpty()) {
            throw new IllegalArgumentException("an authority is missing");
        }
        roots.forEach(root -> requireAuthority(root, List.of(root), null));
        requireAuthorities(devices, roots, CLIENT_AUTH);
        requireAuthorities(servers, roots, SERVER_AUTH);
        requireAuthorities(signers, roots, SIGN_INSTRUCTIONS);
    }

    /** One of each, as a device enrols with them. */
    public PinnedCas(X509Certificate root, X509Certificate devices, X509Certificate servers, X509Certificate signers) {
        this(0, List.of(root), List.of(devices), List.of(servers), List.of(signers), Set.of());
    }

    /**
     * Finds the authorities among certificates that nobody vouches for yet: the root by its key's hash, the issuers by
     * name among those that this root signed.
     *
     * @param rootKeyHash base64url of SHA-256 over the root's SubjectPublicKeyInfo
     * @throws CertificateException when one is missing, or not what it should be
     */
    static PinnedCas find(Collection<X509Certificate> offered, String rootKeyHash) throws CertificateException {
        List<X509Certificate> root = offered.stream()
                .filter(candidate -> keyHash(candidate).equals(rootKeyHash) && namesItself(candidate))
                .distinct()
                .toList();
        if (root.isEmpty()) {
            throw new CertificateException("none of the authorities shown has the key that the enrolment string names");
        }
        List<X509Certificate> under =
                offered.stream().filter(one -> vouchedBy(root, one)).distinct().toList();
        return sorted(0, root, under, Set.of());
    }

    /**
     * Sorts the authorities of a statement, which must all be of use.
     *
     * @throws CertificateException when one is missing, there twice, or not what it should be
     */
    static PinnedCas stated(long number, List<X509Certificate> all, Set<String> formerRoots)
            throws CertificateException {
        if (new HashSet<>(all).size() != all.size()) {
            throw new CertificateException("an authority is there twice");
        }
        List<X509Certificate> roots =
                all.stream().filter(PinnedCas::namesItself).toList();
        PinnedCas cas = sorted(number, roots, all, formerRoots);
        int used = roots.size() + cas.devices.size() + cas.servers.size() + cas.signers.size();
        if (used != all.size()) {
            throw new CertificateException("a certificate is neither a root nor an issuer of ours");
        }
        return cas;
    }

    private static PinnedCas sorted(
            long number, List<X509Certificate> roots, List<X509Certificate> all, Set<String> formerRoots)
            throws CertificateException {
        try {
            return new PinnedCas(
                    number, roots, named(DEVICES, all), named(SERVERS, all), named(SIGNERS, all), formerRoots);
        } catch (IllegalArgumentException e) {
            throw new CertificateException(e.getMessage(), e);
        }
    }

    private static List<X509Certificate> named(String name, List<X509Certificate> all) throws CertificateException {
        List<X509Certificate> found =
                all.stream().filter(one -> commonName(one).startsWith(name)).toList();
        if (found.isEmpty()) {
            throw new CertificateException("there is no authority \"" + name + "\" under the root");
        }
        return found;
    }

    /** The one of these issuers that signed a certificate. */
    static Optional<X509Certificate> issuerOf(X509Certificate certificate, List<X509Certificate> issuers) {
        return issuers.stream().filter(issuer -> signedBy(certificate, issuer)).findFirst();
    }

    /** The root above one of the issuers. */
    X509Certificate rootOf(X509Certificate issuer) {
        return issuerOf(issuer, roots).orElseThrow();
    }

    /** Whether a root with this key is pinned, or was and has vouched for those that are. */
    public boolean descendsFrom(String rootKeyHash) {
        return formerRoots.contains(rootKeyHash)
                || roots.stream().anyMatch(root -> keyHash(root).equals(rootKeyHash));
    }

    /** The hashes of the pinned roots' keys and of their ancestors'. */
    Set<String> lineage() {
        Set<String> all = new HashSet<>(formerRoots);
        roots.forEach(root -> all.add(keyHash(root)));
        return all;
    }

    /** Every certificate, roots first. */
    public List<X509Certificate> all() {
        List<X509Certificate> all = new ArrayList<>(roots);
        all.addAll(devices);
        all.addAll(servers);
        all.addAll(signers);
        return all;
    }

    /** Base64url without padding of SHA-256 over the SubjectPublicKeyInfo. */
    public static String keyHash(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(certificate.getPublicKey().getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean signedBy(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    static boolean mayBeUsedFor(String usage, X509Certificate certificate) throws CertificateParsingException {
        List<String> usages = certificate.getExtendedKeyUsage();
        return usages != null && usages.contains(usage);
    }

    private static boolean namesItself(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static boolean vouchedBy(List<X509Certificate> roots, X509Certificate certificate) {
        return issuerOf(certificate, roots).isPresent();
    }

    private static void requireAuthorities(List<X509Certificate> some, List<X509Certificate> roots, String usage) {
        some.forEach(one -> requireAuthority(one, roots, usage));
    }

    private static void requireAuthority(
            X509Certificate authority, List<X509Certificate> roots, @Nullable String usage) {
        String name = authority.getSubjectX500Principal().getName();
        boolean[] keyUsage = authority.getKeyUsage();
        if (authority.getBasicConstraints() < 0 || (keyUsage != null && !keyUsage[5])) {
            throw new IllegalArgumentException(name + " is not an authority");
        }
        if (!vouchedBy(roots, authority)) {
            throw new IllegalArgumentException(name + " is not signed by the root");
        }
        // An issuer may be narrowed to its purpose; one that is narrowed to another purpose is the wrong one.
        try {
            if (usage != null && authority.getExtendedKeyUsage() != null && !mayBeUsedFor(usage, authority)) {
                throw new IllegalArgumentException(name + " is an authority for another purpose than " + usage);
            }
        } catch (CertificateParsingException e) {
            throw new IllegalArgumentException(name + " has an unreadable extended key usage", e);
        }
    }

    static String commonName(X509Certificate certificate) {
        String name = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
        for (String part : name.split("(?<!\\\\),", -1)) {
            if (part.startsWith("CN=")) {
                return part.substring(3);
            }
        }
        return "";
    }
}
