package io.fairlead.agent.link;

import io.fairlead.agent.link.LinkException.Loss;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer over HTTPS, in bounded memory: HTTP/1.1 with keep-alive, no redirects, nothing sent twice
 * (the JDK may repeat a GET whose kept connection was dead), an answer of at most {@value #MAX_ANSWER} bytes.
 */
final class HttpsExchange {
    static final int MAX_ANSWER = 256 << 10;
    private static final int CONNECT_MILLIS = 10_000;

    private final ServerAddress server;
    private final RoutedSockets sockets;
    private final @Nullable ServerTrust trust;

    /** @param trust judges the peer of each request; null only for the one provisional request of an enrolment */
    HttpsExchange(ServerAddress server, Dialer dialer, TlsSockets tls, @Nullable ServerTrust trust) {
        JdkHttp.prepare();
        this.server = server;
        this.sockets = new RoutedSockets(server, dialer, tls);
        this.trust = trust;
    }

    /**
     * What came back.
     *
     * @param contentType in lower case without parameters; empty when there was none
     * @param retryAfter what the header of that name asks, when it is a number of seconds
     * @param own the headers that are Fairlead's own, by their names in lower case
     */
    record Answer(
            int status,
            String contentType,
            @Nullable Duration retryAfter,
            Map<String, String> own,
            ByteArrayInputStream body) {}

    ServerAddress server() {
        return server;
    }

    /** @param read how long the server may be silent */
    Answer get(String path, Duration read) throws LinkException {
        return exchange("GET", path, Map.of(), null, Pace.NONE, read);
    }

    /** @param read how long the server may be silent */
    Answer post(String path, Map<String, String> headers, byte[] body, Duration read) throws LinkException {
        return exchange("POST", path, headers, body, Pace.NONE, read);
    }

    /**
     * @param pace lets the bytes of both bodies go by
     * @param read how long the server may be silent
     */
    Answer exchange(
            String method, String path, Map<String, String> headers, byte @Nullable [] body, Pace pace, Duration read)
            throws LinkException {
        HttpsURLConnection connection = null;
        boolean whole = false;
        boolean sent = false;
        try {
            connection = open(method, path, headers, body, pace, read);
            connection.connect();
            if (trust != null) {
                // Before the first byte of ours: a resumed session has shown no certificate of late.
                trust.judge(connection.getServerCertificates());
            }
            sent = true;
            if (body != null) {
                try (OutputStream out = connection.getOutputStream()) {
                    write(body, out, pace);
                }
            }
            Answer answer = read(connection, pace);
            whole = true;
            return answer;
        } catch (CertificateException e) {
            throw LinkException.tlsRefused(server + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw failure(e, sent);
        } finally {
            if (connection != null && !whole) {
                connection.disconnect();
            }
        }
    }

    private HttpsURLConnection open(
            String method, String path, Map<String, String> headers, byte @Nullable [] body, Pace pace, Duration read)
            throws IOException {
        URL url = new URL("https", server.host(), server.port(), path);
        HttpsURLConnection connection = (HttpsURLConnection) url.openConnection(Proxy.NO_PROXY);
        connection.setSSLSocketFactory(sockets);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(Math.toIntExact(read.toMillis()));
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setAllowUserInteraction(false);
        connection.setRequestMethod(method);
        connection.setDoOutput(body != null);
        if (body != null && pace != Pace.NONE) {
            // Else the JDK gathers it first, and sends it at once.
            connection.setFixedLengthStreamingMode(body.length);
        }
        connection.setRequestProperty("User-Agent", "fairlead-agent");
        headers.forEach(connection::setRequestProperty);
        return connection;
    }

    private static void write(byte[] body, OutputStream out, Pace pace) throws IOException {
        int at = 0;
        while (at < body.length) {
            int slice = Math.min(pace.slice(), body.length - at);
            pace.pass(slice);
            out.write(body, at, slice);
            out.flush();
            at += slice;
        }
    }

    private Answer read(HttpsURLConnection connection, Pace pace) throws IOException, LinkException {
        int status = connection.getResponseCode();
        if (status < 0) {
            throw LinkException.badAnswer(server + " answered without HTTP", null, null);
        }
        Duration retryAfter = seconds(connection.getHeaderField("Retry-After"));
        if (connection.getContentEncoding() != null) {
            throw LinkException.badAnswer(server + " answered in an encoding that nobody asked for", retryAfter, null);
        }
        String type = Objects.requireNonNullElse(connection.getContentType(), "");
        ByteArrayInputStream body = bounded(connection, status, pace);
        return new Answer(
                status,
                type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT),
                retryAfter,
                own(connection),
                body);
    }

    private static Map<String, String> own(HttpsURLConnection connection) {
        Map<String, String> own = new HashMap<>();
        connection.getHeaderFields().forEach((name, values) -> {
            if (name != null && name.regionMatches(true, 0, "Fairlead-", 0, 9)) {
                own.put(name.toLowerCase(Locale.ROOT), values.get(0));
            }
        });
        return own;
    }

    private ByteArrayInputStream bounded(HttpsURLConnection connection, int status, Pace pace)
            throws IOException, LinkException {
        long announced = connection.getContentLengthLong();
        if (announced > MAX_ANSWER) {
            throw tooLong();
        }
        InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        if (in == null) {
            return new ByteArrayInputStream(new byte[0]);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(Math.max(1024, (int) announced));
        byte[] piece = new byte[Math.min(pace.slice(), 8192)];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            pace.pass(n);
            if (body.size() + n > MAX_ANSWER) {
                throw tooLong();
            }
            body.write(piece, 0, n);
        }
        // The JDK takes the end of the connection for the end of the body, whatever was announced.
        if (announced >= 0 && body.size() < announced) {
            throw LinkException.unreachable(
                    server + " closed after " + body.size() + " of " + announced + " bytes", new IOException("cut"));
        }
        in.close();
        return new ByteArrayInputStream(body.toByteArray());
    }

    private LinkException tooLong() {
        return LinkException.badAnswer(server + " answered with more than " + MAX_ANSWER + " bytes", null, null);
    }

    private static @Nullable Duration seconds(@Nullable String header) {
        return header != null && header.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(header)) : null;
    }

    private LinkException failure(IOException e, boolean sent) {
        CertificateException refused = certificateProblem(e);
        if (refused != null) {
            return LinkException.tlsRefused(
                    server + ": " + ServerTrust.oneLine(String.valueOf(refused.getMessage()), 1000), e);
        }
        if (e instanceof SSLException && !lostInHandshake(e)) {
            return LinkException.tlsRefused(
                    server + ": TLS refused: " + ServerTrust.oneLine(String.valueOf(e.getMessage()), 1000)
                            + (sent ? "" : whoIsThere()),
                    e);
        }
        if (e instanceof RouteException route) {
            return LinkException.noWay(route.kind(), server + ": " + e.getMessage(), e);
        }
        String what = server + ": " + Dialer.words(e);
        return sent
                ? LinkException.lost(e instanceof SocketTimeoutException ? Loss.SILENT : Loss.CLOSED, what, e)
                : LinkException.unreachable(what, e);
    }

    /** A peer whose TLS is too old for ours has shown nothing yet; who inspects is to be named all the same. */
    private String whoIsThere() {
        try {
            return TlsSockets.signerAt(sockets.way(), server)
                    .map(signer -> "; what answers there shows a certificate signed by \"" + signer
                            + "\": if that is a proxy that inspects TLS, it has to let this server's through as it is")
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static @Nullable CertificateException certificateProblem(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException certificate) {
                return certificate;
            }
        }
        return null;
    }

    /** A peer that hangs up while shaking hands refuses nothing: it goes down, or a firewall cuts. */
    private static boolean lostInHandshake(IOException e) {
        return e instanceof SSLHandshakeException && e.getCause() instanceof EOFException;
    }
}
