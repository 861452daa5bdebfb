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
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who asks a server of people or of other systems the same again and again, as a process of its own, over
 * connections that are kept, with one request under way on each. Lines, NAME being a server:
 *
 * <pre>
 *   side NAME PORT CONNECTIONS FILE STATUS WORD COUNT   asks by the bytes of the file; each answer has to have this status,
 *                                                       and this word so often
 *   open NAME                                           opens the connections that there are not, or not any more: "open COUNT"
 *   calls NAME COUNT                                    asks so often: "took NANOS"
 *   tag NAME                                            asks once: "tag" and the ETag
 * </pre>
 */
final class CallLoad {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final NetClient client = vertx.createNetClient(new NetClientOptions()
            .setSsl(true)
            .setSslEngineOptions(new OpenSSLEngineOptions())
            .addEnabledCipherSuite("TLS_AES_256_GCM_SHA384")
            .setTcpNoDelay(true)
            .setTrustAll(true)
            .setHostnameVerificationAlgorithm(""));
    private final Map<String, Side> sides = new HashMap<>();

    /** What is asked of a server, and how it has to answer. */
    private record Side(int port, Buffer request, String head, String word, int words, List<Caller> callers) {
        boolean isRight(String answer) {
            return answer.startsWith(head) && answer.split(word, -1).length == words + 1;
        }
    }

    private void side(String[] words) throws IOException {
        Side side = new Side(
                Integer.parseInt(words[2]),
                Buffer.buffer(Files.readAllBytes(Path.of(words[4]))),
                "HTTP/1.1 " + words[5] + " ",
                words[6],
                Integer.parseInt(words[7]),
                new ArrayList<>());
        for (int i = 0; i < Integer.parseInt(words[3]); i++) {
            side.callers().add(new Caller(side));
        }
        sides.put(words[1], side);
    }

    private Side side(String name) {
        return Objects.requireNonNull(sides.get(name), name);
    }

    private void open(String name) {
        List<Caller> closed = side(name).callers().stream()
                .filter(each -> each.socket == null)
                .toList();
        await(Future.all(closed.stream().map(Caller::connect).toList()));
        System.out.println("open " + closed.size());
    }

    private void calls(String name, int count) {
        AtomicInteger left = new AtomicInteger(count);
        long begun = System.nanoTime();
        await(Future.all(
                side(name).callers().stream().map(each -> each.ask(left)).toList()));
        System.out.println("took " + (System.nanoTime() - begun));
    }

    private void tag(String name) {
        Caller one = side(name).callers().get(0);
        await(one.connect());
        await(one.ask(new AtomicInteger(1)));
        System.out.println("tag " + one.last.replaceFirst("(?is).*?\r\netag: *([^\r]*)\r\n.*", "$1"));
    }

    /** One connection. Its event loop alone touches it while it asks. */
    private final class Caller {
        private final Side side;
        private final HttpAnswer answer = new HttpAnswer();
        private volatile @Nullable NetSocket socket;
        private volatile String last = "";
        private AtomicInteger left = new AtomicInteger();
        private Promise<Void> done = Promise.promise();

        Caller(Side side) {
            this.side = side;
        }

        Future<Void> connect() {
            return client.connect(side.port(), "127.0.0.1").map(connected -> {
                socket = connected;
                answer.forget();
                connected.handler(this::take);
                connected.closeHandler(closed -> {
                    socket = null;
                    done.tryFail("hung up on");
                });
                return null;
            });
        }

        /** As long as there are calls left. */
        Future<Void> ask(AtomicInteger calls) {
            left = calls;
            done = Promise.promise();
            next();
            return done.future();
        }

        private void next() {
            NetSocket open = socket;
            if (left.getAndDecrement() <= 0) {
                done.tryComplete();
            } else if (open == null) {
                done.tryFail("hung up on");
            } else {
                open.write(side.request()).onFailure(done::tryFail);
            }
        }

        private void take(Buffer piece) {
            String text = answer.take(piece);
            if (text == null) {
                return;
            }
            last = text;
            if (side.isRight(text)) {
                next();
            } else {
                done.tryFail("answered " + text);
            }
        }
    }

    private void run(String[] words) throws IOException {
        switch (words[0]) {
            case "side" -> side(words);
            case "open" -> open(words[1]);
            case "tag" -> tag(words[1]);
            default -> calls(words[1], Integer.parseInt(words[2]));
        }
    }

    public static void main(String[] args) {
        try {
            CallLoad load = new CallLoad();
            try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    load.run(line.split(" ", -1));
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
