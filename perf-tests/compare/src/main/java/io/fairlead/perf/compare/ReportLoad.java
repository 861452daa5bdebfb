package io.fairlead.perf.compare;

import static io.fairlead.perf.compare.Waiting.await;

import io.fairlead.perf.fleet.Identities;
import io.fairlead.perf.fleet.Identity;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Many devices, each on a connection of its own that is kept, with its own certificate and one report under way; a process of
 * its own. The argument is a folder of identities. Lines:
 *
 * <pre>
 *   side NAME PORT EPOCH CHECKED   a server to report to
 *   open NAME                      opens a connection for each device that has none, or none any more: "open COUNT"
 *   run NAME MILLIS                reports without a pause: "came REPORTS NANOS AGAIN"
 *   run NAME MILLIS PAUSE          the same, each device resting so many ms after an answer
 * </pre>
 *
 * Of a checked side each answer has to name the sequence as committed. What is refused with 500, or whose connection was
 * closed, is sent again, as an agent does, and counted as AGAIN.
 */
public final class ReportLoad {
    private static final int AT_ONCE = 32;
    private static final long AGAIN_MILLIS = 50;
    private static final int FEW = 3;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Identities identities;
    private final DeviceClients clients;
    private final Map<String, List<Reporter>> sides = new HashMap<>();
    // Of the run under way; only the event loop touches them.
    private long reports;
    private long again;
    private long end;
    private long pauseMillis;

    private ReportLoad(Path folder) throws java.io.IOException {
        this.identities = Identities.kept(folder);
        this.clients = new DeviceClients(vertx, identities.all());
    }

    private void side(String name, int port, String epoch, boolean checked) {
        sides.put(
                name,
                identities.all().stream()
                        .map(each -> new Reporter(each, port, new ReportBytes(each.device(), epoch, port), checked))
                        .toList());
    }

    private List<Reporter> side(String name) {
        return Objects.requireNonNull(sides.get(name), name);
    }

    private void open(String name) {
        List<Reporter> closed = side(name).stream().filter(each -> !each.open).toList();
        for (int from = 0; from < closed.size(); from += AT_ONCE) {
            await(Future.all(closed.subList(from, Math.min(closed.size(), from + AT_ONCE)).stream()
                    .map(Reporter::connect)
                    .toList()));
        }
        System.out.println("open " + closed.size());
    }

    private void run(String name, int millis, long pause) {
        List<Reporter> side = side(name);
        Promise<Long> took = Promise.promise();
        vertx.runOnContext(here -> {
            reports = 0;
            again = 0;
            pauseMillis = pause;
            long begun = System.nanoTime();
            end = begun + millis * 1_000_000L;
            List<Future<Void>> all = side.stream().map(Reporter::begin).toList();
            Future.all(all).map(done -> System.nanoTime() - begun).onComplete(took);
        });
        long nanos = await(took.future());
        System.out.println("came " + reports + " " + nanos + " " + again);
    }

    /** One device: sends, waits for the answer, sends the next. */
    private final class Reporter {
        private final Identity identity;
        private final int port;
        private final ReportBytes bytes;
        private final boolean checked;
        private @Nullable NetSocket socket;
        private volatile boolean open;
        private boolean reporting;
        private final HttpAnswer answer = new HttpAnswer();
        private Promise<Void> done = Promise.promise();

        Reporter(Identity identity, int port, ReportBytes bytes, boolean checked) {
            this.identity = identity;
            this.port = port;
            this.bytes = bytes;
            this.checked = checked;
        }

        Future<Void> connect() {
            return clients.connect(identity, port).map(connected -> {
                socket = connected;
                open = true;
                answer.forget();
                connected.handler(this::take);
                connected.closeHandler(closed -> {
                    open = false;
                    if (reporting) {
                        anew("hung up on");
                    }
                });
                return null;
            });
        }

        Future<Void> begin() {
            done = Promise.promise();
            reporting = true;
            if (open) {
                send(bytes.next());
            } else {
                anew("idle for too long");
            }
            return done.future();
        }

        /** As an agent does whose connection is gone: over a new one, what was not acknowledged. */
        private void anew(String why) {
            if (++again <= FEW) {
                System.err.println(identity.device() + ": " + why);
            }
            connect().onComplete(connected -> send(bytes.again()), done::tryFail);
        }

        private void send(byte[] request) {
            Future<Void> unused = Objects.requireNonNull(socket).write(Buffer.buffer(request));
        }

        private void goOn() {
            if (System.nanoTime() < end) {
                send(bytes.next());
            } else {
                end();
            }
        }

        private void end() {
            reporting = false;
            done.tryComplete();
        }

        private void take(Buffer piece) {
            String text = answer.take(piece);
            if (text == null) {
                return;
            }
            if (text.startsWith("HTTP/1.1 200 ") && (!checked || text.contains(bytes.sequence()))) {
                reports++;
                if (pauseMillis > 0) {
                    long unused = vertx.setTimer(pauseMillis, rested -> goOn());
                } else {
                    goOn();
                }
            } else if (text.startsWith("HTTP/1.1 500 ") && text.contains("retryAfter")) {
                again++;
                long unused = vertx.setTimer(AGAIN_MILLIS, late -> send(bytes.again()));
            } else {
                done.tryFail("answered " + text);
            }
        }
    }

    public static void main(String[] args) {
        try {
            ReportLoad load = new ReportLoad(Path.of(args[0]));
            try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    String[] words = line.split(" ", -1);
                    switch (words[0]) {
                        case "side" ->
                            load.side(words[1], Integer.parseInt(words[2]), words[3], Boolean.parseBoolean(words[4]));
                        case "open" -> load.open(words[1]);
                        default ->
                            load.run(
                                    words[1],
                                    Integer.parseInt(words[2]),
                                    words.length > 3 ? Long.parseLong(words[3]) : 0);
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
