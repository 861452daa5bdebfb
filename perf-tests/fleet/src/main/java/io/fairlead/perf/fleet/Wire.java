package io.fairlead.perf.fleet;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The agents' connections: HTTP/1.1 over mutual TLS, two for each agent at most. A connection on which nothing is asked for
 * five seconds is closed, as the agents' Java does, so that besides its parked poll an agent has one around a report only.
 */
final class Wire {
    private static final String PATH = "/agent";
    private static final int CONNECTIONS = 2;
    private static final int IDLE_SECONDS = 5;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int FIRST_SOURCE = 2;

    /** Vert.x closes a client that nothing refers to. */
    private final List<HttpClient> clients = new ArrayList<>();

    private final String host;
    private final String authority;
    private final SocketAddress server;

    /**
     * What came back.
     *
     * @param retryAfter the header of that name in seconds; 0 without
     * @param at System.nanoTime when it was there
     */
    record Answer(int status, Buffer body, int retryAfter, long at) {}

    /** @throws UnknownHostException when the server's name has no address */
    Wire(Vertx vertx, Identities identities, FleetSettings settings, Clock clock) throws UnknownHostException {
        URI uri = URI.create("https://" + identities.server());
        host = uri.getHost();
        authority = identities.server();
        InetAddress address = addressOf(host);
        server = SocketAddress.inetSocketAddress(uri.getPort(), address.getHostAddress());
        HttpClientOptions options = new ShownCertificates(identities.all())
                .by(new HttpClientOptions())
                .setVerifyHost(true)
                .setTrustOptions(TrustOptions.wrap(
                        new BelievedOnce(identities.authorities().servers(), clock)))
                .setConnectTimeout(Math.toIntExact(CONNECT.toMillis()))
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setDecoderInitialBufferSize(64);
        for (String source : sources(settings, address)) {
            HttpClientOptions own = new HttpClientOptions(options);
            clients.add(vertx.createHttpClient(
                    source.isEmpty() ? own : own.setLocalAddress(source),
                    new PoolOptions().setHttp1MaxSize(CONNECTIONS)));
        }
    }

    /** A loopback address of the newer kind takes nobody from one of the older. */
    private static InetAddress addressOf(String host) throws UnknownHostException {
        InetAddress[] all = InetAddress.getAllByName(host);
        for (InetAddress one : all) {
            if (one instanceof Inet4Address) {
                return one;
            }
        }
        return all[0];
    }

    private static List<String> sources(FleetSettings settings, InetAddress server) {
        return settings.sources() > 0 && server.isLoopbackAddress() && server instanceof Inet4Address
                ? IntStream.range(FIRST_SOURCE, FIRST_SOURCE + settings.sources())
                        .mapToObj(last -> "127.0.0." + last)
                        .toList()
                : List.of("");
    }

    /**
     * Posts an envelope in an agent's name.
     *
     * @param agent its number, from 0
     * @param read how long the server may be silent
     * @param sent called when a connection is there and the request leaves
     */
    Future<Answer> post(int agent, String action, byte[] envelope, Duration read, Runnable sent) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(server)
                .setHost(host)
                .setPort(ShownCertificates.port(agent))
                .setURI(PATH)
                .setConnectTimeout(CONNECT.toMillis())
                .setIdleTimeout(read.toMillis())
                .putHeader(HttpHeaders.HOST, authority)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/xml; charset=utf-8")
                .putHeader(HttpHeaders.USER_AGENT, "fairlead-fleet")
                .putHeader("SOAPAction", "\"" + action + "\"");
        return clients.get(agent % clients.size()).request(options).compose(request -> {
            sent.run();
            return answered(request, Buffer.buffer(envelope));
        });
    }

    private static Future<Answer> answered(HttpClientRequest request, Buffer envelope) {
        return request.send(envelope)
                .compose(response -> response.body()
                        .map(body -> new Answer(response.statusCode(), body, retryAfter(response), System.nanoTime())));
    }

    private static int retryAfter(HttpClientResponse response) {
        return Optional.ofNullable(response.getHeader(HttpHeaders.RETRY_AFTER))
                .filter(seconds -> seconds.matches("[0-9]{1,5}"))
                .map(Integer::parseInt)
                .orElse(0);
    }
}
