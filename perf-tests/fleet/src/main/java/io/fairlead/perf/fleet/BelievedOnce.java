package io.fairlead.perf.fleet;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges a server's certificate and name as every agent does, but the same one only once a minute: a fleet that judged it
 * ten thousand times would measure itself.
 */
final class BelievedOnce extends X509ExtendedTrustManager {
    private static final Duration FOR = Duration.ofMinutes(1);

    private final X509ExtendedTrustManager judge;
    private final Clock clock;
    private volatile @Nullable Believed last;

    private record Believed(X509Certificate leaf, String host, Instant until) {}

    BelievedOnce(X509ExtendedTrustManager judge, Clock clock) {
        this.judge = judge;
        this.clock = clock;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        X509Certificate leaf = chain[0];
        String host = String.valueOf(engine.getPeerHost());
        Instant now = clock.instant();
        Believed before = last;
        if (before == null || !before.until.isAfter(now) || !before.host.equals(host) || !before.leaf.equals(leaf)) {
            judge.checkServerTrusted(chain, authType, engine);
            last = new Believed(leaf, host, now.plus(FOR));
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        judge.checkServerTrusted(chain, authType, socket);
    }

    /** Without a name to compare nobody is believed. */
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("no name to compare");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException("no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw new UnsupportedOperationException("no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        throw new UnsupportedOperationException("no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }
}
