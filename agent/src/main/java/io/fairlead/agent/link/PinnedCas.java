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
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * The enterprise's authorities as this device knows them: a root, and an issuer under it for each purpose, so that a
 * device's certificate never passes for a server's.
 *
 * @param root the anchor; self-signed
 * @param devices issues device certificates, this one's among them
 * @param servers issues what servers show
 * @param signers issues the keys that sign instructions
 */
public record PinnedCas(
        X509Certificate root, X509Certificate devices, X509Certificate servers, X509Certificate signers) {
    static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    static final String SIGN_INSTRUCTIONS = "2.25.198713.1";

    /**
     * Checks that each issuer is an authority for its purpose that the root signed. Validity in time is judged when a
     * chain is.
     *
     * @throws IllegalArgumentException naming the certificate that is not what it should be
     */
    public PinnedCas {
        requireAuthority(root, root, null);
        requireAuthority(devices, root, CLIENT_AUTH);
        requireAuthority(servers, root, SERVER_AUTH);
        requireAuthority(signers, root, SIGN_INSTRUCTIONS);
    }

    /**
     * Finds the authorities among certificates that nobody vouches for yet: the root by its key's hash, the issuers by
     * name among those that this root signed.
     *
     * @param rootKeyHash base64url of SHA-256 over the root's SubjectPublicKeyInfo
     * @throws CertificateException when one is missing, there twice, or not what it should be
     */
    static PinnedCas find(Collection<X509Certificate> offered, String rootKeyHash) throws CertificateException {
        X509Certificate root = null;
        for (X509Certificate candidate : offered) {
            if (keyHash(candidate).equals(rootKeyHash)
                    && candidate.getSubjectX500Principal().equals(candidate.getIssuerX500Principal())) {
                root = candidate;
            }
        }
        if (root == null) {
            throw new CertificateException("none of the authorities shown has the key that the enrolment string names");
        }
        X509Certificate devices = named("Fairlead devices", offered, root);
        X509Certificate servers = named("Fairlead servers", offered, root);
        X509Certificate signers = named("Fairlead signers", offered, root);
        try {
            return new PinnedCas(root, devices, servers, signers);
        } catch (IllegalArgumentException e) {
            throw new CertificateException(e.getMessage(), e);
        }
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

    private static X509Certificate named(String name, Collection<X509Certificate> offered, X509Certificate root)
            throws CertificateException {
        List<X509Certificate> found = new ArrayList<>();
        for (X509Certificate candidate : offered) {
            if (commonName(candidate).startsWith(name) && signedBy(candidate, root) && !found.contains(candidate)) {
                found.add(candidate);
            }
        }
        if (found.size() != 1) {
            throw new CertificateException(
                    "expected one authority \"" + name + "\" under the root, found " + found.size());
        }
        return found.get(0);
    }

    private static void requireAuthority(X509Certificate authority, X509Certificate root, @Nullable String usage) {
        String name = authority.getSubjectX500Principal().getName();
        boolean[] keyUsage = authority.getKeyUsage();
        if (authority.getBasicConstraints() < 0 || (keyUsage != null && !keyUsage[5])) {
            throw new IllegalArgumentException(name + " is not an authority");
        }
        if (!signedBy(authority, root)) {
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
