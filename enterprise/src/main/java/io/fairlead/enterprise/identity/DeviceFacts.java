package io.fairlead.enterprise.identity;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/** What a device certificate says and will always say, once its signature and its usage have been verified. */
record DeviceFacts(DeviceIdentity identity, Instant notBefore) {
    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._\\-]{0,63}");
    private static final Pattern EPOCH = Pattern.compile("[0-9a-f]{32}");
    private static final int URI = 6;

    /** @throws Refusal {@code CERTIFICATE_REFUSED} for whatever our issuer of devices did not make for a device */
    static DeviceFacts verified(X509Certificate certificate, List<X509Certificate> issuers) {
        try {
            certificate.verify(issuerOf(certificate, issuers));
            List<String> usages = certificate.getExtendedKeyUsage();
            if (usages == null || !usages.contains(Usage.DEVICES.oid()) || certificate.getBasicConstraints() >= 0) {
                throw new Refusal(Fault.CERTIFICATE_REFUSED, "not for a TLS client: " + usages);
            }
            return new DeviceFacts(
                    new DeviceIdentity(
                            device(certificate),
                            serial(certificate),
                            epoch(certificate),
                            certificate.getNotAfter().toInstant()),
                    certificate.getNotBefore().toInstant());
        } catch (GeneralSecurityException | IllegalArgumentException foreign) {
            throw new Refusal(
                    Fault.CERTIFICATE_REFUSED, "certificate of " + certificate.getIssuerX500Principal(), foreign);
        }
    }

    private static PublicKey issuerOf(X509Certificate certificate, List<X509Certificate> issuers) {
        return issuers.stream()
                .filter(issuer -> issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not by an issuer of ours"))
                .getPublicKey();
    }

    Instant notAfter() {
        return identity.notAfter();
    }

    /** @throws Refusal when the certificate is not valid at that moment */
    void mustBeValidAt(Instant now) {
        if (now.isAfter(notAfter())) {
            throw new Refusal(Fault.CERTIFICATE_EXPIRED, "device=" + identity.device() + " notAfter=" + notAfter());
        }
        if (now.isBefore(notBefore)) {
            throw new Refusal(Fault.CERTIFICATE_REFUSED, "device=" + identity.device() + " notBefore=" + notBefore);
        }
    }

    /** The serial number as the database has it: 32 hexadecimal digits. */
    static String serial(X509Certificate certificate) {
        BigInteger serial = certificate.getSerialNumber();
        if (serial.signum() <= 0 || serial.bitLength() > 128) {
            throw new IllegalArgumentException("a serial number of " + serial.bitLength() + " bits");
        }
        byte[] bytes = new byte[16];
        byte[] magnitude = serial.toByteArray();
        int from = Math.max(0, magnitude.length - 16);
        System.arraycopy(magnitude, from, bytes, 16 - (magnitude.length - from), magnitude.length - from);
        return HexFormat.of().formatHex(bytes);
    }

    private static String device(X509Certificate certificate) {
        X500Name subject =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        RDN[] names = subject.getRDNs(BCStyle.CN);
        if (names.length != 1) {
            throw new IllegalArgumentException(names.length + " common names");
        }
        return matching(DEVICE, IETFUtils.valueToString(names[0].getFirst().getValue()));
    }

    private static String epoch(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names == null) {
            throw new IllegalArgumentException("no epoch of enrolment");
        }
        List<String> epochs = names.stream()
                .filter(name -> name.get(0).equals(URI))
                .map(name -> String.valueOf(name.get(1)))
                .filter(uri -> uri.startsWith(Template.enrolmentPrefix()))
                .map(uri -> uri.substring(Template.enrolmentPrefix().length()))
                .toList();
        if (epochs.size() != 1) {
            throw new IllegalArgumentException(epochs.size() + " epochs of enrolment");
        }
        return matching(EPOCH, epochs.get(0));
    }

    private static String matching(Pattern pattern, String value) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException("a name that we do not give");
        }
        return value;
    }
}
