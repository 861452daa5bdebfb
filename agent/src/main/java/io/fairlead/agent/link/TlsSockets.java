package io.fairlead.agent.link;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Sockets under one TLS policy: 1.2 or 1.3, AES-256-GCM only, the host name checked by JSSE (whether or not who uses the
 * socket asks for it).
 */
final class TlsSockets {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final String[] CIPHERS = {"TLS_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"};

    private static final int NAMING_MILLIS = 10_000;

    private final SSLSocketFactory plain;

    private TlsSockets(SSLSocketFactory plain) {
        this.plain = plain;
    }

    /** Sockets to servers that {@code trust} and the host name admit, showing {@code key} where there is one. */
    static TlsSockets trusting(ServerTrust trust, @Nullable ClientKey key) {
        return new TlsSockets(factory(trust, key));
    }

    /**
     * Sockets to whoever is there under that name, to be told which authorities it claims. Nothing that comes over them is
     * believed before it is checked against the enrolment string, and nothing secret is ever sent over them.
     */
    static TlsSockets forBootstrap(BootstrapPeer peer) {
        return new TlsSockets(factory(peer, null));
    }

    /**
     * Who signed what the peer at the end of a connection shows; empty when it shows nothing. For an error only: any TLS is
     * taken, no byte of ours follows, and the connection is closed.
     */
    static Optional<String> signerAt(Socket way, ServerAddress server) {
        BootstrapPeer peer = new BootstrapPeer();
        try (SSLSocket tls = (SSLSocket) factory(peer, null).createSocket(way, server.host(), server.port(), true)) {
            tls.setSoTimeout(NAMING_MILLIS);
            tls.startHandshake();
        } catch (IOException e) {
            // What was shown by then counts.
        }
        return peer.shown() ? Optional.of(peer.signer()) : Optional.empty();
    }

    /**
     * What the peer at the end of a connection shows: any TLS is taken, no byte of ours follows, and the connection is
     * closed. The caller judges it.
     *
     * @throws IOException when it shows nothing
     */
    static Shown shownAt(Socket way, ServerAddress server, int millis) throws IOException {
        BootstrapPeer peer = new BootstrapPeer();
        try (SSLSocket tls = (SSLSocket) factory(peer, null).createSocket(way, server.host(), server.port(), true)) {
            SSLParameters asked = tls.getSSLParameters();
            asked.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(asked);
            tls.setSoTimeout(millis);
            tls.startHandshake();
            return new Shown(tls.getSession().getProtocol(), peer.chain(), Optional.empty());
        } catch (IOException e) {
            if (peer.shown()) {
                return new Shown(
                        "", peer.chain(), Optional.of(ServerTrust.oneLine(String.valueOf(e.getMessage()), 200)));
            }
            throw e;
        }
    }

    private static SSLSocketFactory factory(X509TrustManager trust, @Nullable ClientKey key) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys = key == null ? new KeyManager[0] : new KeyManager[] {key};
            context.init(keys, new TrustManager[] {trust}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no TLS", e);
        }
    }

    private Socket underPolicy(Socket socket) {
        if (!(socket instanceof SSLSocket tls)) {
            throw new IllegalStateException("not a TLS socket");
        }
        SSLParameters policy = tls.getSSLParameters();
        policy.setProtocols(PROTOCOLS);
        policy.setCipherSuites(CIPHERS);
        policy.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(policy);
        return tls;
    }

    /** TLS over a connection that leads to the server; closing it closes the connection. */
    Socket over(Socket way, ServerAddress server) throws IOException {
        return underPolicy(plain.createSocket(way, server.host(), server.port(), true));
    }

    String[] cipherSuites() {
        return CIPHERS.clone();
    }
}
