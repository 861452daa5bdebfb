package io.fairlead.enterprise.identity;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * TLS of the listeners: 1.2 and 1.3, AES-256 only. Why the listeners have different engines, and what
 * {@link #acceptable} is for: decision 0002.
 */
public final class TlsOptions {
    /** The suites that are taken, in order of preference. All our keys are ECDSA. */
    public static final List<String> SUITES =
            List.of("TLS_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");

    private static final Set<String> ACCEPTABLE = Set.copyOf(SUITES);
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private TlsOptions() {}

    /**
     * Tells the JDK's TLS to refuse renegotiation by the client. It reads this once, when it makes its first connection:
     * the program calls this before anything else.
     */
    public static void beforeAnyTls() {
        String before = System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        assert before == null || !before.isEmpty();
    }

    /**
     * The agents' listener: BoringSSL; asks for a client certificate of our issuer of devices and takes a client without
     * one, for enrolment. Every request is still to be judged by {@link DeviceCertificates} and {@link #acceptable}.
     */
    public static HttpServerOptions agents(Credential server, X509Certificate devices) {
        return agents(server, List.of(devices));
    }

    /** As the other, with all issuers of devices that are trusted at the moment. */
    public static HttpServerOptions agents(Credential server, List<X509Certificate> devices) {
        return common(server)
                .setSslEngineOptions(new AgentsEngine())
                .setClientAuth(ClientAuth.REQUEST)
                .setTrustOptions(new PemTrustOptions().addCertValue(certificates(devices)));
    }

    /** The people's listener: the JDK's engine; asks nobody for a certificate. */
    public static HttpServerOptions people(Credential server) {
        return common(server).setSslEngineOptions(new JdkSSLEngineOptions());
    }

    /** The same, and shows the root as well: for a command line that knows its key and nothing else. */
    public static HttpServerOptions people(Credential server, X509Certificate root) {
        List<X509Certificate> chain = new ArrayList<>(server.chain());
        chain.add(root);
        return people(new Credential(server.key(), chain));
    }

    /**
     * The listener of other systems' certificates: as the people's, but no handshake succeeds without a client certificate.
     * Whose it is, whether it is valid and whether it was removed, is to be judged at every request, since a resumed
     * handshake shows none; it is the one that the session remembers.
     */
    public static HttpServerOptions certified(Credential server, X509Certificate root) {
        return people(server, root)
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(TrustOptions.wrap(new PinnedClients()));
    }

    /**
     * Whether a connection has a suite that we take. BoringSSL cannot be told to leave out the smaller suites of TLS 1.3,
     * so a lane on it asks at every request and refuses with {@code CIPHER_REFUSED}.
     */
    public static boolean acceptable(SSLSession session) {
        return ACCEPTABLE.contains(session.getCipherSuite());
    }

    /** What the peer presented, its own certificate first; null when it presented none. */
    public static @Nullable List<X509Certificate> peerChain(SSLSession session) {
        try {
            return Arrays.stream(session.getPeerCertificates())
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    /** A server's key and chain as Vert.x takes them; for a listener that is handed a new certificate while it runs. */
    public static PemKeyCertOptions keyAndChain(Credential server) {
        return new PemKeyCertOptions()
                .addKeyValue(Buffer.buffer(Pem.of(server.key())))
                .addCertValue(certificates(server.chain()));
    }

    private static HttpServerOptions common(Credential server) {
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(keyAndChain(server))
                .setEnabledSecureTransportProtocols(new LinkedHashSet<>(PROTOCOLS));
        for (String suite : SUITES) {
            options.addEnabledCipherSuite(suite);
        }
        return options;
    }

    private static Buffer certificates(List<X509Certificate> chain) {
        return Buffer.buffer(Pem.of(chain));
    }
}
