package io.fairlead.enterprise.integration;

import io.fairlead.enterprise.account.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Speaks HTTP/1.1 over TLS with a certificate, on a new connection each time, and resumes what it can. */
final class CertifiedClient {
    private final int port;
    private final String protocol;
    private final AtomicInteger handshakes = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final SSLContext tls;

    /**
     * A client.
     *
     * @param shown null for none
     * @param key that it signs with, perhaps another one than that of its certificate
     */
    CertifiedClient(int port, String protocol, @Nullable TestCertificate shown, @Nullable PrivateKey key) {
        this.port = port;
        this.protocol = protocol;
        try {
            tls = SSLContext.getInstance("TLS");
            tls.init(
                    shown == null || key == null ? null : new KeyManager[] {new Shown(shown, key, asked)},
                    new TrustManager[] {new Anyone(handshakes)},
                    null);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static CertifiedClient of(int port, TestCertificate own) {
        return new CertifiedClient(port, "TLSv1.3", own, own.key().getPrivate());
    }

    /** Handshakes that were no resumption. */
    int handshakes() {
        return handshakes.get();
    }

    /** How often it was asked for its certificate. */
    int asked() {
        return asked.get();
    }

    /** What is answered until the server closes. Throws an UncheckedIOException when TLS ends before. */
    String ask(String request) {
        try (SSLSocket socket = open()) {
            return ask(socket, request.replaceFirst("\r\n", "\r\nHost: localhost\r\nConnection: close\r\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SSLSocket open() throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setSoTimeout(30_000);
        socket.setEnabledProtocols(new String[] {protocol});
        return socket;
    }

    /** The whole answer of a connection that is closed behind it. */
    static String ask(SSLSocket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Shows a certificate, whatever is asked for. */
    private static final class Shown extends X509ExtendedKeyManager {
        private final TestCertificate shown;
        private final PrivateKey key;
        private final AtomicInteger asked;

        Shown(TestCertificate shown, PrivateKey key, AtomicInteger asked) {
            this.shown = shown;
            this.key = key;
            this.asked = asked;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            int unused = asked.incrementAndGet();
            return "own";
        }

        @Override
        public String chooseEngineClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return "own";
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {shown.certificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            throw new AssertionError("a client");
        }
    }

    /** Takes any server and counts them: a resumed handshake shows none. */
    private static final class Anyone extends X509ExtendedTrustManager {
        private final AtomicInteger shown;

        Anyone(AtomicInteger shown) {
            this.shown = shown;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            int unused = shown.incrementAndGet();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            int unused = shown.incrementAndGet();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            int unused = shown.incrementAndGet();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
