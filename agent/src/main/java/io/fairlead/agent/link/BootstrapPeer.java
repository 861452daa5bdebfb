package io.fairlead.agent.link;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges nobody, and remembers what was shown: the first, provisional connection of RFC 7030 section 4.1.1, made before
 * there is anything to judge by. Used by {@link Enrolment} for one GET without credentials.
 */
final class BootstrapPeer implements X509TrustManager {
    private volatile @Nullable List<X509Certificate> shown;

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        shown = List.of(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this agent serves nobody");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    /** Whether the peer has shown anything. */
    boolean shown() {
        return shown != null;
    }

    /** Who signed what the peer showed, for an error that names an inspecting proxy. */
    String signer() {
        List<X509Certificate> seen = shown;
        return seen == null ? "nobody" : ServerTrust.printable(seen.get(0).getIssuerX500Principal());
    }

    /** What the peer showed, its own certificate first; empty for nothing. */
    List<X509Certificate> chain() {
        List<X509Certificate> seen = shown;
        return seen == null ? List.of() : seen;
    }
}
