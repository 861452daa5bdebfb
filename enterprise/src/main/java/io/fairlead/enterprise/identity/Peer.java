package io.fairlead.enterprise.identity;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * The certificate that a TLS peer has shown, and its hash. Each request asks for it more than once, and it stays what it
 * is as long as the session does, so the session keeps it. That the peer may pass is not said here: {@link
 * DeviceCertificates} judges at each request.
 */
public final class Peer {
    private static final String KEPT = Peer.class.getName();

    private final X509Certificate shown;
    private final String fingerprint;

    private Peer(X509Certificate shown) {
        this.shown = shown;
        this.fingerprint = sha256(shown);
    }

    /** Who shows this certificate, by whatever way. Throws a Refusal, CERTIFICATE_REFUSED, when it cannot be encoded. */
    public static Peer showing(X509Certificate certificate) {
        return new Peer(certificate);
    }

    /** Who is at the other end. Throws a Refusal, NO_CERTIFICATE, when he has shown none, and as {@link #showing} does. */
    @SuppressWarnings("ReferenceEquality") // The same object, or it is read anew: to compare all bytes costs as much.
    public static Peer of(SSLSession session) {
        X509Certificate shown = shown(session);
        // What a session was told may outlive its handshake where sessions are resumed.
        if (session.getValue(KEPT) instanceof Peer kept && kept.shown == shown) {
            return kept;
        }
        Peer peer = new Peer(shown);
        session.putValue(KEPT, peer);
        return peer;
    }

    private static X509Certificate shown(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            if (chain.length > 0 && chain[0] instanceof X509Certificate own) {
                return own;
            }
        } catch (SSLPeerUnverifiedException none) {
            // As good as an empty chain.
        }
        throw new Refusal(Fault.NO_CERTIFICATE, "none presented");
    }

    /** SHA-256 of the certificate, 64 hexadecimal digits. */
    String fingerprint() {
        return fingerprint;
    }

    /** The certificate, read anew: what a connection has would keep what was read of it as long as it lives. */
    X509Certificate certificate() throws GeneralSecurityException {
        return Pem.certificate(shown.getEncoded());
    }

    private static String sha256(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (CertificateEncodingException unreadable) {
            throw new Refusal(Fault.CERTIFICATE_REFUSED, "cannot be encoded", unreadable);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("no SHA-256", impossible);
        }
    }
}
