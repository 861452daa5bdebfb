package io.fairlead.perf.compare;

import io.fairlead.enterprise.identity.TlsOptions;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Vert.x and nothing else, with the TLS of the agents' listener, as a process of its own: each request is read, thrown away, and
 * not answered. For each line {@code wake COUNT} so many are answered, those first that have waited longest, by what is as long
 * as Fairlead's answer with an instruction. Arguments as of {@link BareServer}.
 */
final class BarePolls {
    private static final CharSequence XML = HttpHeaders.createOptimized("text/xml; charset=utf-8");
    private static final Buffer ANSWER =
            Buffer.buffer("<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\""
                    + "http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><PollResponse xmlns=\"urn:fairlead:agent-channel:1\">"
                    + "<token>" + "e1".repeat(16) + "</token><instruction sequence=\"1\" key=\"k\"><order>"
                    + "QUJD".repeat(277)
                    + "</order></instruction></PollResponse></s:Body></s:Envelope>");

    private final Deque<HttpServerResponse> parked = new ArrayDeque<>();

    private void park(HttpServerRequest request) {
        request.handler(discarded -> {});
        request.endHandler(read -> parked.add(request.response()));
    }

    private void wake(int count) {
        for (int i = 0; i < count && !parked.isEmpty(); i++) {
            // Of those whose agents have gone there may be some.
            HttpServerResponse next = parked.remove();
            if (next.closed()) {
                i--;
            } else {
                next.putHeader(HttpHeaders.CONTENT_TYPE, XML)
                        .end(ANSWER)
                        .onFailure(failure -> failure.printStackTrace(System.err));
            }
        }
    }

    public static void main(String[] args) {
        try {
            TlsOptions.beforeAnyTls();
            BarePolls polls = new BarePolls();
            Vertx vertx = Vertx.vertx();
            Context context = vertx.getOrCreateContext();
            context.runOnContext(here -> vertx.createHttpServer(BareServer.tls(Path.of(args[0]), Path.of(args[1]))
                            .setHost("127.0.0.1")
                            .setPort(Integer.parseInt(args[2])))
                    .requestHandler(polls::park)
                    .listen()
                    .map(HttpServer::actualPort)
                    .onComplete(
                            port -> System.out.println("listens " + port),
                            failure -> failure.printStackTrace(System.err)));
            try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    int count = Integer.parseInt(line.split(" ", -1)[1]);
                    context.runOnContext(here -> polls.wake(count));
                }
            }
        } catch (Exception | AssertionError e) {
            e.printStackTrace(System.err);
        } finally {
            System.exit(0);
        }
    }
}
