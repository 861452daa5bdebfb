package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A browser without a window, or the command line: says what a page of ours, or the program, would say. */
final class Web {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .sslContext(anyServer())
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private final String url;
    private final String token;

    /** @param token of the session; empty for nobody's */
    Web(String url, String token) {
        this.url = url;
        this.token = token;
    }

    /** What pages of ours send along, made as the console makes it. */
    String csrf() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("fairlead-csrf\0" + token).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** As a page of ours asks. */
    HttpResponse<String> ask(String method, String path, String sent) {
        return ask(method, path, sent, "Origin", url, "X-Csrf", csrf());
    }

    /** @param headers beside the cookie and the type, name and value in turn */
    HttpResponse<String> ask(String method, String path, String sent, String... headers) {
        boolean get = method.equals("GET");
        boolean piece = path.contains("/send/") && !path.endsWith("/end");
        HttpRequest.Builder request = request((get || piece) && !sent.isEmpty() ? path + "?" + sent : path);
        if (!token.isEmpty()) {
            request.header("Cookie", "__Host-fairlead=" + token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        if (!get) {
            request.header(
                    "Content-Type",
                    piece
                            ? "application/octet-stream"
                            : sent.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded");
            request.POST(BodyPublishers.ofString(piece ? "x" : sent));
        }
        return send(request);
    }

    /** As the command line asks, with its token. */
    HttpResponse<String> command(String path, String json) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request.POST(BodyPublishers.ofString(json)));
    }

    /** What goes on; to be closed. */
    InputStream stream(String path) {
        HttpRequest.Builder request = request(path).header("Cookie", "__Host-fairlead=" + token);
        HttpResponse<InputStream> answer = send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return HTTP.send(request.build(), body);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static SSLContext anyServer() {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {new Anyone()}, null);
            return tls;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Who the server is, other tests ask. */
    private static final class Anyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
