package io.fairlead.enterprise.identity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys (PKCS#8) and certificates as text (RFC 7468). */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private Pem() {}

    static byte[] of(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    static byte[] of(List<X509Certificate> certificates) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (X509Certificate certificate : certificates) {
            all.writeBytes(block("CERTIFICATE", der(certificate)));
        }
        return all.toByteArray();
    }

    /** The key, then its chain. */
    static byte[] of(Credential credential) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(of(credential.key()));
        all.writeBytes(of(credential.chain()));
        return all.toByteArray();
    }

    /** What the certificate is on the wire; ours always have it. */
    static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a certificate that was read cannot be written", impossible);
        }
    }

    /** The one private key of a file. */
    static PrivateKey key(byte[] pem) throws IOException, GeneralSecurityException {
        List<byte[]> keys = blocks(pem, "PRIVATE KEY");
        if (keys.size() != 1) {
            throw new IOException("holds " + keys.size() + " private keys instead of one");
        }
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(keys.get(0)));
    }

    /** All certificates of a file, in its order; at least one. */
    static List<X509Certificate> certificates(byte[] pem) throws IOException, GeneralSecurityException {
        List<X509Certificate> found = new ArrayList<>();
        for (byte[] der : blocks(pem, "CERTIFICATE")) {
            found.add(certificate(der));
        }
        if (found.isEmpty()) {
            throw new IOException("holds no certificate");
        }
        return found;
    }

    static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private static byte[] block(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return ("-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static List<byte[]> blocks(byte[] pem, String label) throws IOException {
        List<byte[]> found = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(new String(pem, StandardCharsets.US_ASCII));
        while (matcher.find()) {
            if (matcher.group(1).equals(label)) {
                try {
                    found.add(Base64.getDecoder().decode(matcher.group(2).replaceAll("\\s", "")));
                } catch (IllegalArgumentException notBase64) {
                    throw new IOException("holds a damaged " + label + " block", notBase64);
                }
            }
        }
        return found;
    }
}
