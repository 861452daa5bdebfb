package io.fairlead.perf.compare;

import static io.fairlead.perf.compare.Waiting.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Another system that asks for the current values of a device, as a process of its own, over {@value #CONNECTIONS} connections
 * that are kept, with one call under way on each. For each line {@code PORT CALLS NAME:PASSWORD} it says how many nanoseconds
 * the calls took, when each was answered with {@value #VALUES} values; the first one alone when CALLS is 1.
 */
final class ServicesLoad {
    static final String PATH = "/services/v1/DataService";
    static final String DEVICE = "LAB-7";
    static final int VALUES = 20;

    private static final int CONNECTIONS = 8;
    private static final Buffer ENVELOPE = Buffer.buffer("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
            + "<t:FindValues xmlns:t=\"urn:fairlead:integration:1:data\"><t:criteria><t:device>" + DEVICE
            + "</t:device></t:criteria></t:FindValues></s:Body></s:Envelope>");

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient client = vertx.createHttpClient(
            new HttpClientOptions()
                    .setSsl(true)
                    .setSslEngineOptions(new OpenSSLEngineOptions())
                    .addEnabledCipherSuite("TLS_AES_256_GCM_SHA384")
                    .setTrustAll(true)
                    .setVerifyHost(false),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    private final AtomicInteger left = new AtomicInteger();

    private void run(int port, int calls, String account) {
        String basic = "Basic " + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8));
        left.set(calls);
        long begun = System.nanoTime();
        List<Future<Void>> each = new ArrayList<>();
        for (int i = 0; i < Math.min(calls, CONNECTIONS); i++) {
            each.add(next(port, basic));
        }
        Object all = Future.all(each).toCompletionStage().toCompletableFuture().join();
        assert all != null;
        System.out.println("took " + (System.nanoTime() - begun));
    }

    private Future<Void> next(int port, String basic) {
        return left.getAndDecrement() <= 0
                ? Future.succeededFuture()
                : call(port, basic).compose(done -> next(port, basic));
    }

    private Future<Void> call(int port, String basic) {
        return client.request(HttpMethod.POST, port, "localhost", PATH)
                .compose(request -> request.putHeader("Authorization", basic)
                        .putHeader("Content-Type", "text/xml; charset=utf-8")
                        .putHeader("SOAPAction", "\"urn:fairlead:integration:1:DataService:FindValues\"")
                        .send(ENVELOPE))
                .compose(response -> response.body().map(body -> {
                    String text = body.toString(StandardCharsets.UTF_8);
                    if (response.statusCode() != 200 || text.split("<observedAt>", -1).length != VALUES + 1) {
                        throw new IllegalStateException(response.statusCode() + " " + text);
                    }
                    return null;
                }));
    }

    private void close() {
        Void unused = await(client.close());
    }

    public static void main(String[] args) {
        try {
            ServicesLoad calls = new ServicesLoad();
            try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    String[] words = line.split(" ", -1);
                    calls.run(Integer.parseInt(words[0]), Integer.parseInt(words[1]), words[2]);
                }
            }
            calls.close();
        } catch (Exception | AssertionError e) {
            e.printStackTrace(System.err);
        } finally {
            // Its Vert.x would live on.
            System.exit(0);
        }
    }
}
