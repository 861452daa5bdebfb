package io.fairlead.enterprise.identity;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** A client of the JDK that checks names, presents what it is told to, asked or not, and may offer few suites. */
public final class TlsClient {
    private final SSLContext context;
    private final SSLSocket[] last = new SSLSocket[1];
    private String name = "localhost";
    private String[] protocols = {"TLSv1.3", "TLSv1.2"};
    private String @Nullable [] suites;

    public TlsClient(X509Certificate trusted, @Nullable Credential own) throws Exception {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("trusted", trusted);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(anchors);
        context = SSLContext.getInstance("TLS");
        context.init(own == null ? null : new KeyManager[] {new Always(own)}, trust.getTrustManagers(), null);
    }

    public TlsClient expecting(String host) {
        name = host;
        return this;
    }

    public TlsClient offering(String protocol, String... only) {
        protocols = new String[] {protocol};
        suites = only;
        return this;
    }

    public TlsClient speaking(String protocol) {
        protocols = new String[] {protocol};
        return this;
    }

    public SSLContext context() {
        return context;
    }

    public SSLSocket connect(int port) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(new Socket("127.0.0.1", port), name, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(protocols);
        if (suites != null && suites.length > 0) {
            parameters.setCipherSuites(suites);
        }
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        last[0] = socket;
        return socket;
    }

    /** One request on a connection of its own; the body of its answer. */
    public String get(int port) throws IOException {
        try (SSLSocket socket = connect(port)) {
            return get(socket, "close");
        }
    }

    public static String get(SSLSocket socket, String connection) throws IOException {
        socket.getOutputStream()
                .write(("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: " + connection + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = socket.getInputStream().read();
            if (read < 0) {
                throw new IOException("ended after \"" + head + "\"");
            }
            head.append((char) read);
        }
        String lower = head.toString().toLowerCase(java.util.Locale.ROOT);
        int at = lower.indexOf("content-length: ") + "content-length: ".length();
        int length = Integer.parseInt(lower.substring(at, lower.indexOf('\r', at)));
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    /** The suite of the newest connection. */
    public String suite() {
        return last[0].getSession().getCipherSuite();
    }

    /** When the newest connection's session began, in milliseconds: a resumed one began before. */
    public long created() {
        return last[0].getSession().getCreationTime();
    }

    /** Presents its certificate whatever issuers the server names. */
    private static final class Always extends X509ExtendedKeyManager {
        private final Credential own;

        Always(Credential own) {
            this.own = own;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return "own";
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return "own";
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return own.chain().toArray(new X509Certificate[0]);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return own.key();
        }
    }

    /** A context of a server that presents the credential. */
    public static SSLContext server(Credential credential) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new Always(credential)}, null, null);
        return context;
    }

    public static Credential credential(PrivateKey key, X509Certificate... chain) {
        return new Credential(key, List.of(chain));
    }
}
