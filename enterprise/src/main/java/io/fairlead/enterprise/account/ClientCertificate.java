package io.fairlead.enterprise.account;

import io.fairlead.enterprise.identity.ClientKey;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate with which another system may call. Known by the whole of it (RFC 5280, as DER), so that it matters to nobody
 * who issued it: what is called the same, or has the same key, is another one.
 *
 * @param sha256 of its DER, 64 hexadecimal digits
 * @param subject for people, as RFC 2253 writes it; at most {@value #LONGEST_SUBJECT} characters, empty when it has none
 * @param key for people, such as {@code EC P-256}
 * @param notBefore from when on it says that it is valid
 * @param notAfter until when
 */
public record ClientCertificate(String sha256, String subject, String key, Instant notBefore, Instant notAfter) {
    /** Characters of a file with one. */
    public static final int LONGEST = 16_384;

    static final int LONGEST_SUBJECT = 300;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]*)-----END CERTIFICATE-----");

    /** Of a PEM file (RFC 7468) with this one certificate and no private key. Throws Refusal(INVALID) that says what is wrong. */
    public static ClientCertificate of(String pem) {
        if (pem.length() > LONGEST) {
            throw invalid("this is longer than " + LONGEST + " characters: one certificate as PEM is meant");
        }
        if (pem.contains("PRIVATE KEY")) {
            throw invalid("there is a private key in this, which nobody but the other system should have: only the"
                    + " certificate is needed, and the key should be replaced if it was shown to anybody");
        }
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(pem);
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        if (blocks.size() != 1) {
            throw invalid(
                    blocks.isEmpty()
                            ? "this is no certificate as PEM, which begins with -----BEGIN CERTIFICATE-----"
                            : "there are " + blocks.size()
                                    + " certificates in this: only that of the other system is needed, without its"
                                    + " issuers");
        }
        return of(decoded(blocks.get(0)));
    }

    private static X509Certificate decoded(String block) {
        try {
            byte[] der = Base64.getDecoder().decode(block.replaceAll("\\s", ""));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException | IllegalArgumentException damaged) {
            throw new Refusal(Fault.INVALID, "this certificate cannot be read: it is damaged or none", damaged);
        }
    }

    private static ClientCertificate of(X509Certificate one) {
        String subject = one.getSubjectX500Principal().getName().replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
        return new ClientCertificate(
                sha256(one),
                subject.substring(0, Math.min(LONGEST_SUBJECT, subject.length())),
                ClientKey.of(one.getPublicKey()).name(),
                one.getNotBefore().toInstant(),
                one.getNotAfter().toInstant());
    }

    /** By what it is known: 64 hexadecimal digits. */
    static String sha256(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a certificate that was read cannot be written", impossible);
        }
    }

    private static Refusal invalid(String why) {
        return new Refusal(Fault.INVALID, why);
    }
}
