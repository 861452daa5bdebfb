package io.fairlead.agent.link;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who this device is, and whom it believes. Made by {@link Enrolment}, kept by {@link IdentityFolder}.
 *
 * @param server where it enrolled, and reports
 * @param key the device's private key, P-256
 * @param certificate the device's certificate, issued by one of {@code cas.devices()}
 * @param cas the pinned authorities
 * @param deviceId the certificate's common name
 * @param enrolment the epoch of enrolment, 32 hexadecimal digits: orders are signed for it, a renewal keeps it
 */
public record Identity(
        ServerAddress server,
        PrivateKey key,
        X509Certificate certificate,
        PinnedCas cas,
        String deviceId,
        String enrolment) {
    private static final Pattern DEVICE_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern ENROLMENT = Pattern.compile("[0-9a-f]{32}");
    private static final String ENROLMENT_URI = "urn:fairlead:enrolment:";
    private static final int URI_NAME = 6;

    public Identity {
        if (!DEVICE_ID.matcher(deviceId).matches()
                || !ENROLMENT.matcher(enrolment).matches()) {
            throw new IllegalArgumentException("no device id or enrolment epoch");
        }
    }

    /**
     * Takes names out of the certificate once it is known to be ours: for this key, by the pinned issuer of devices, for
     * clients. Validity in time is not asked here; an expired identity is still this device's, and says so when used.
     *
     * @throws CertificateException saying what is wrong with the certificate
     */
    static Identity of(ServerAddress server, PrivateKey key, X509Certificate certificate, PinnedCas cas)
            throws CertificateException {
        if (!belongTogether(key, certificate)) {
            throw new CertificateException("the device's certificate is for another key");
        }
        X509Certificate issuer = PinnedCas.issuerOf(certificate, cas.devices())
                .orElseThrow(() -> new CertificateException(
                        "the device's certificate is not issued by the pinned issuer of devices"));
        if (!PinnedCas.mayBeUsedFor(PinnedCas.CLIENT_AUTH, certificate)) {
            throw new CertificateException("the device's certificate is not for clients");
        }
        ServerTrust.requirePath(
                List.of(certificate, issuer),
                cas.rootOf(issuer),
                certificate.getNotAfter().toInstant().minusSeconds(1));
        String deviceId = PinnedCas.commonName(certificate);
        if (!DEVICE_ID.matcher(deviceId).matches()) {
            throw new CertificateException("the device's certificate names no device");
        }
        return new Identity(server, key, certificate, cas, deviceId, enrolment(certificate));
    }

    /** An ECDSA signature by this device's key (P-256, SHA-256, ASN.1 DER). */
    public byte[] sign(byte[] statement) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(statement);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was proven can sign", e);
        }
    }

    /** What is shown to a server: the device's certificate and its issuer's. */
    public List<X509Certificate> chain() {
        return List.of(
                certificate, PinnedCas.issuerOf(certificate, cas.devices()).orElseThrow());
    }

    /** The same in PEM. */
    public byte[] certificates() {
        try {
            return Pem.text(chain());
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    /** The same device with its next key and certificate. */
    Identity renewed(PrivateKey nextKey, X509Certificate next) throws CertificateException {
        Identity made = of(server, nextKey, next, cas);
        if (!made.deviceId.equals(deviceId) || !made.enrolment.equals(enrolment)) {
            throw new CertificateException("the certificate is for another device or enrolment");
        }
        return made;
    }

    /**
     * The same device with other authorities.
     *
     * @throws CertificateException when they lack the one that issued this device's certificate
     */
    Identity pinning(PinnedCas others) throws CertificateException {
        return of(server, key, certificate, others);
    }

    /** When the certificate is to be renewed: at two thirds of its life, and up to an eighteenth of it later. */
    public Instant renewalDue() {
        Instant from = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(from, certificate.getNotAfter().toInstant());
        // By the serial number, which is random: the same at every start, and another for each device.
        int jitter = certificate.getSerialNumber().mod(BigInteger.valueOf(1000)).intValue();
        return from.plus(life.multipliedBy(2).dividedBy(3))
                .plus(life.dividedBy(18).multipliedBy(jitter).dividedBy(1000));
    }

    /** The certificate's end. */
    public Instant expires() {
        return certificate.getNotAfter().toInstant();
    }

    /** The certificate's number, in hexadecimal digits. */
    public String serial() {
        return certificate.getSerialNumber().toString(16);
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "device=" + deviceId + " enrolment=" + enrolment + " server=" + server;
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
        byte[] proof = "fairlead key check".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(proof);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(proof);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String enrolment(X509Certificate certificate) throws CertificateException {
        List<String> found = new ArrayList<>();
        for (String uri : uris(certificate)) {
            if (uri.startsWith(ENROLMENT_URI)) {
                found.add(uri.substring(ENROLMENT_URI.length()));
            }
        }
        if (found.size() != 1 || !ENROLMENT.matcher(found.get(0)).matches()) {
            throw new CertificateException("the device's certificate names no epoch of enrolment");
        }
        return found.get(0);
    }

    private static List<String> uris(X509Certificate certificate) throws CertificateParsingException {
        List<String> uris = new ArrayList<>();
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names != null) {
            for (List<?> name : names) {
                if (name.get(0).equals(URI_NAME) && name.get(1) instanceof String uri) {
                    uris.add(uri);
                }
            }
        }
        return uris;
    }
}
