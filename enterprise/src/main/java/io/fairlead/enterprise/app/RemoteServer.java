package io.fairlead.enterprise.app;

import io.fairlead.enterprise.operator.CommandRoutes;
import io.fairlead.enterprise.operator.ViewerRoute;
import io.fairlead.enterprise.tunnel.Relay;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;

/** The people's listener of a server elsewhere, over TLS with the trust that was given at the log-in. */
final class RemoteServer {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(75);

    private final URI url;
    private final HttpClient client;

    RemoteServer(URI url, Trust trust) {
        this.url = url;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(context(trust))
                .build();
    }

    private static SSLContext context(Trust trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust.manager()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has TLS", impossible);
        }
    }

    /** The URL as it is kept: {@code https://host} and a port where it is not 443. Throws Unable for what is none. */
    static URI url(String typed) {
        try {
            URI given = URI.create(typed.contains("://") ? typed : "https://" + typed);
            if ("https".equals(given.getScheme()) && given.getHost() != null) {
                return URI.create("https://" + given.getHost() + (given.getPort() < 0 ? "" : ":" + given.getPort()));
            }
        } catch (IllegalArgumentException malformed) {
            // Said below.
        }
        throw new Unable(
                "A server is named as https://HOST or https://HOST:PORT; this is none: " + TextTable.plain(typed));
    }

    /**
     * Posts JSON.
     *
     * @param path behind {@code /commands}
     * @param token empty for none
     */
    JsonObject post(String path, String token, JsonObject body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(CommandRoutes.PATH + path))
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header("User-Agent", "fairlead command line of " + System.getProperty("user.name", "?"))
                .POST(BodyPublishers.ofString(body.encode()));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new JsonObject(response.body());
        } catch (DecodeException malformed) {
            throw new IOException("its answer is no JSON: is this a Fairlead server?", malformed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopping);
        }
    }

    /** Opens the viewer's end of a stream. Throws IOException when it is not let in, or no server answers. */
    WebSocket tunnel(String proof, String ticket, WebSocket.Listener listener) throws IOException {
        try {
            return client.newWebSocketBuilder()
                    .connectTimeout(CONNECT)
                    .header(ViewerRoute.PROOF_HEADER, proof)
                    .subprotocols(Relay.SUBPROTOCOL, Relay.TICKET_SUBPROTOCOL + ticket)
                    .buildAsync(URI.create("wss://" + url.getRawAuthority() + Relay.PATH), listener)
                    .join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof WebSocketHandshakeException refused) {
                throw new Unable(
                        "The server does not let this stream in ("
                                + refused.getResponse().statusCode() + "); its log says why.",
                        refused);
            }
            throw failed.getCause() instanceof IOException broken ? broken : new IOException(failed.getCause());
        }
    }

    /** Why it does not answer, for people. */
    static String said(String url, IOException why) {
        Optional<Throwable> untrusted = Optional.<Throwable>of(why)
                .filter(one -> one instanceof SSLHandshakeException || one.getCause() instanceof SSLHandshakeException);
        return untrusted.isPresent()
                ? "The server at " + url + " does not show a certificate that was to be trusted: " + why.getMessage()
                : "No server answers at " + url + ": "
                        + (why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage());
    }
}
