package io.fairlead.perf.compare;

import static io.fairlead.perf.compare.Waiting.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.OpenSSLEngineOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Somebody who asks whether something is as it was, as a process of its own, over {@value #CONNECTIONS} connections that are
 * kept, with one request under way on each. For each line {@code calls PORT CALLS PATH TAG} it says how many nanoseconds the
 * calls took, when each was answered by 304; for {@code tag PORT PATH}, by which tag it is known as it is.
 */
final class AllowlistLoad {
    private static final int CONNECTIONS = 32;
    private static final String FIRST = "HTTP/1.1 304 ";
    private static final String END = "\r\n\r\n";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final NetClient client = vertx.createNetClient(new NetClientOptions()
            .setSsl(true)
            .setSslEngineOptions(new OpenSSLEngineOptions())
            .addEnabledCipherSuite("TLS_AES_256_GCM_SHA384")
            .setTrustAll(true)
            .setHostnameVerificationAlgorithm(""));
    private final AtomicInteger left = new AtomicInteger();

    private void run(int port, int calls, String path, String tag) {
        Buffer request = Buffer.buffer("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port
                + "\r\nUser-Agent: curl/8.14.1\r\nAccept: */*\r\nIf-None-Match: " + tag + END);
        List<NetSocket> sockets = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            sockets.add(await(client.connect(port, "127.0.0.1")));
        }
        left.set(calls);
        long begun = System.nanoTime();
        Object all = await(
                Future.all(sockets.stream().map(socket -> ask(socket, request)).toList()));
        assert all != null;
        System.out.println("took " + (System.nanoTime() - begun));
        Object closed = await(Future.join(sockets.stream().map(NetSocket::close).toList()));
        assert closed != null;
    }

    private void tag(int port, String path) {
        NetSocket socket = await(client.connect(port, "127.0.0.1"));
        Promise<String> tag = Promise.promise();
        StringBuilder answer = new StringBuilder();
        socket.handler(bytes -> {
            answer.append(bytes.toString(StandardCharsets.ISO_8859_1));
            if (answer.indexOf(END) >= 0) {
                tag.tryComplete(answer.toString().replaceFirst("(?is).*?\r\netag: *([^\r]*)\r\n.*", "$1"));
            }
        });
        await(socket.write("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + END));
        System.out.println("tag " + await(tag.future()));
        await(socket.close());
    }

    private Future<Void> ask(NetSocket socket, Buffer request) {
        Promise<Void> done = Promise.promise();
        StringBuilder answer = new StringBuilder();
        socket.closeHandler(closed -> done.tryFail("closed after " + answer));
        socket.handler(bytes -> {
            answer.append(bytes.toString(StandardCharsets.ISO_8859_1));
            if (answer.indexOf(END) < 0) {
                return;
            }
            if (!answer.toString().startsWith(FIRST) || !answer.toString().endsWith(END)) {
                done.tryFail("not 304: " + answer);
                return;
            }
            answer.setLength(0);
            next(socket, request, done);
        });
        next(socket, request, done);
        return done.future();
    }

    private void next(NetSocket socket, Buffer request, Promise<Void> done) {
        if (left.getAndDecrement() <= 0) {
            done.tryComplete();
        } else {
            socket.write(request).onFailure(done::tryFail);
        }
    }

    public static void main(String[] args) {
        try {
            AllowlistLoad fetches = new AllowlistLoad();
            try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    String[] words = line.split(" ", -1);
                    if (words[0].equals("tag")) {
                        fetches.tag(Integer.parseInt(words[1]), words[2]);
                    } else {
                        fetches.run(Integer.parseInt(words[1]), Integer.parseInt(words[2]), words[3], words[4]);
                    }
                }
            }
        } catch (Exception | AssertionError e) {
            e.printStackTrace(System.err);
        } finally {
            // Its Vert.x would live on.
            System.exit(0);
        }
    }
}
