package io.fairlead.perf.fleet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whom the fleet believes: the enterprise's root by the key that the enrolment strings name, and the issuers that it signed.
 * Each agent has its own copy of this at an instrument; here they share one.
 */
public final class Authorities {
    private static final String DEVICES = "CN=Fairlead devices";
    private static final String SERVERS = "CN=Fairlead servers";

    private final List<X509Certificate> all;

    private Authorities(List<X509Certificate> all) {
        this.all = List.copyOf(all);
    }

    /**
     * Finds them among certificates that nobody vouches for yet.
     *
     * @throws CertificateException when the root is not among them
     */
    static Authorities find(List<X509Certificate> offered, String rootKeyHash) throws CertificateException {
        X509Certificate root = offered.stream()
                .filter(one -> keyHash(one).equals(rootKeyHash))
                .findFirst()
                .orElseThrow(() -> new CertificateException(
                        "none of the authorities shown has the key that the enrolment string names"));
        List<X509Certificate> vouched = new ArrayList<>(List.of(root));
        offered.stream()
                .filter(one -> !one.equals(root) && one.getBasicConstraints() >= 0 && signedBy(one, root))
                .forEach(vouched::add);
        return new Authorities(vouched);
    }

    /** As {@link #pem} wrote them. */
    static Authorities of(List<X509Certificate> kept) {
        return new Authorities(kept);
    }

    /** Root first. */
    public List<X509Certificate> certificates() {
        return all;
    }

    String rootKeyHash() {
        return keyHash(all.get(0));
    }

    /** The authority that issued a device's certificate. */
    X509Certificate issuerOf(X509Certificate device) throws CertificateException {
        return all.stream()
                .filter(one -> named(one, DEVICES) && signedBy(device, one))
                .findFirst()
                .orElseThrow(() -> new CertificateException("a device certificate by another issuer"));
    }

    /** The same for one that was judged when it was issued: by name alone where one authority has it. */
    X509Certificate above(X509Certificate device) {
        List<X509Certificate> named = all.stream()
                .filter(one -> one.getSubjectX500Principal().equals(device.getIssuerX500Principal()))
                .toList();
        return named.size() == 1
                ? named.get(0)
                : named.stream()
                        .filter(one -> signedBy(device, one))
                        .findFirst()
                        .orElseThrow();
    }

    /** Believes servers of this enterprise whose names fit, and nobody else. */
    public X509ExtendedTrustManager servers() {
        try {
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            for (X509Certificate one : all) {
                if (named(one, SERVERS)) {
                    anchors.setCertificateEntry("servers-" + anchors.size(), one);
                }
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(anchors);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager believer) {
                    return believer;
                }
            }
            throw new IllegalStateException("this Java has no PKIX");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java cannot keep anchors in memory", e);
        }
    }

    /** Certificates in PEM, or one PKCS#7 in DER. */
    static List<X509Certificate> read(byte[] encoded) throws CertificateException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Certificate one :
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(encoded))) {
            if (one instanceof X509Certificate x509) {
                certificates.add(x509);
            }
        }
        return certificates;
    }

    String pem() throws CertificateException {
        StringBuilder text = new StringBuilder();
        for (X509Certificate one : all) {
            text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(one.getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return text.toString();
    }

    private static boolean named(X509Certificate certificate, String start) {
        return certificate.getSubjectX500Principal().getName().contains(start);
    }

    private static boolean signedBy(X509Certificate certificate, X509Certificate issuer) {
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

    private static String keyHash(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(certificate.getPublicKey().getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
