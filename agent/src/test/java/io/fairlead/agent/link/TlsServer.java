package io.fairlead.agent.link;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A TLS server on loopback that speaks HTTP/1.1 as well or as badly as a test wants, and remembers what it was sent. */
public final class TlsServer implements AutoCloseable {
    /** Answers one request by writing to the socket what it likes. */
    @FunctionalInterface
    public interface Answerer {
        void answer(Request request, OutputStream out) throws Exception;
    }

    public record Request(
            String method,
            String path,
            Map<String, String> headers,
            byte[] body,
            Certificate[] client,
            Socket socket) {}

    public final List<Request> requests = new CopyOnWriteArrayList<>();
    public final AtomicInteger connections = new AtomicInteger();
    private volatile String[] ciphers;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final SSLServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Answerer answerer;

    public TlsServer(TestAuthority.Holder shown, Answerer answerer) {
        this(shown, answerer, "TLSv1.3", "TLSv1.2");
    }

    public TlsServer(TestAuthority.Holder shown, Answerer answerer, String... protocols) {
        this.answerer = answerer;
        try {
            listener = (SSLServerSocket) context(shown)
                    .getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
            listener.setEnabledProtocols(protocols);
            listener.setWantClientAuth(true);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        Thread acceptor = new Thread(this::accept, "tls-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    public ServerAddress address(String host) {
        return new ServerAddress(host, listener.getLocalPort());
    }

    public void answerWith(Answerer next) {
        answerer = next;
    }

    /** Counts for each connection that is accepted from now on, also by an accept that already waits. */
    public void onlyCipher(String... suites) {
        ciphers = suites.clone();
    }

    /** Every byte that came in over TLS, of whole requests or not. */
    public synchronized byte[] received() {
        return received.toByteArray();
    }

    public static void http(OutputStream out, int status, String type, byte[] body) throws IOException {
        out.write(("HTTP/1.1 " + status + " x\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    public static void busy(OutputStream out, int retryAfterSeconds) throws IOException {
        out.write(("HTTP/1.1 503 x\r\nContent-Type: text/plain\r\nRetry-After: " + retryAfterSeconds
                        + "\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                SSLSocket socket = (SSLSocket) listener.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread thread = new Thread(() -> serve(socket), "tls-server-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            if (ciphers != null) {
                socket.setEnabledCipherSuites(ciphers);
            }
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Request request = read(in, socket); request != null; request = read(in, socket)) {
                requests.add(request);
                answerer.answer(request, socket.getOutputStream());
            }
        } catch (Exception e) {
            // The client went away, or the answerer wanted this.
        } finally {
            open.remove(socket);
        }
    }

    private Request read(InputStream in, SSLSocket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                return null;
            }
            record(new byte[] {(byte) b});
            head.append((char) b);
        }
        String[] lines = head.toString().split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        record(body);
        Certificate[] client;
        try {
            client = socket.getSession().getPeerCertificates();
        } catch (IOException e) {
            client = new Certificate[0];
        }
        String[] words = lines[0].split(" ");
        return new Request(words[0], words[1], headers, body, client, socket);
    }

    private synchronized void record(byte[] bytes) {
        received.writeBytes(bytes);
    }

    private static SSLContext context(TestAuthority.Holder shown) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("server", shown.key(), new char[0], shown.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(keys, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), new TrustManager[] {new AnyClient()}, null);
        return context;
    }

    /** Judging clients is the enterprise's matter, not this test's. */
    private static final class AnyClient implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
