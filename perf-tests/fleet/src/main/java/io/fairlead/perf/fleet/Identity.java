package io.fairlead.perf.fleet;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/**
 * One enrolled device: its key and the certificate that the server issued. Kept as bytes, 1 KB or so, and made objects of
 * when asked for: a fleet has many.
 */
public final class Identity {
    private final int row;
    private final String device;
    private final byte[] key;
    private final byte[] certificate;
    private final Authorities authorities;

    /**
     * @param row its line in the folder, from 0; a device that enrols again gets another
     * @param key PKCS#8; not copied
     * @param certificate X.509 in DER; not copied
     */
    Identity(int row, String device, byte[] key, byte[] certificate, Authorities authorities) {
        this.row = row;
        this.device = device;
        this.key = key;
        this.certificate = certificate;
        this.authorities = authorities;
    }

    int row() {
        return row;
    }

    /** Its name in the registry. */
    public String device() {
        return device;
    }

    /** P-256; made anew at each call. */
    public PrivateKey key() {
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of " + device + " was kept wrongly", e);
        }
    }

    /** The device's certificate. */
    public X509Certificate certificate() {
        try {
            return Authorities.read(certificate).get(0);
        } catch (CertificateException e) {
            throw new IllegalStateException("the certificate of " + device + " was kept wrongly", e);
        }
    }

    /** What is shown to a server: the device's certificate and its issuer's. */
    public List<X509Certificate> chain() {
        X509Certificate own = certificate();
        return List.of(own, authorities.above(own));
    }

    /** A line of the folder: {@code DEVICE KEY CERTIFICATE}, the latter two in base64. */
    String line() {
        Base64.Encoder base64 = Base64.getEncoder();
        return device + " " + base64.encodeToString(key) + " " + base64.encodeToString(certificate);
    }

    /** @throws IllegalArgumentException for what {@link #line} did not write, such as the torn end of a file */
    static Identity ofLine(int row, String line, Authorities authorities) {
        String[] words = line.split(" ", -1);
        if (words.length != 3) {
            throw new IllegalArgumentException("not DEVICE KEY CERTIFICATE");
        }
        Base64.Decoder base64 = Base64.getDecoder();
        return new Identity(row, words[0], base64.decode(words[1]), base64.decode(words[2]), authorities);
    }
}
