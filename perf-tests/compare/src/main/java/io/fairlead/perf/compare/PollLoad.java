package io.fairlead.perf.compare;

import static io.fairlead.perf.compare.Waiting.await;

import io.fairlead.perf.fleet.Identities;
import io.fairlead.perf.fleet.Identity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Many devices, each with a poll that is held, on a connection of its own; a process of its own. The argument is a folder of
 * identities. Lines, NAME being a server:
 *
 * <pre>
 *   side NAME PORT DOUBTS   a server, and how many polls it wants that are not held before one is, as an agent does
 *   park NAME               connects each device and has it poll, again and again: "parked COUNT FAILED"
 *   arrivals COUNT          waits for so many instructions: "arrived" and when each came, by System.nanoTime
 *   leave NAME              closes all connections: "left COUNT"
 *   storm NAME COUNT        so many whole handshakes: "stormed DONE FAILED"
 * </pre>
 */
final class PollLoad {
    private static final int AT_ONCE = 32;
    private static final long PATIENCE_SECONDS = 90;
    private static final int HOLD_SECONDS = 50;
    private static final String INSTRUCTION = "<instruction ";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final DeviceClients clients = new DeviceClients(vertx);
    private final Identities identities;
    private final Map<String, List<Poller>> sides = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private final LinkedBlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
    private final AtomicInteger parked = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    private PollLoad(Path folder) throws IOException {
        this.identities = Identities.kept(folder);
    }

    private void side(String name, int port, int doubts) {
        ports.put(name, port);
        sides.put(
                name,
                identities.all().stream()
                        .map(each -> new Poller(each, port, doubts))
                        .toList());
    }

    private List<Poller> side(String name) {
        return Objects.requireNonNull(sides.get(name), name);
    }

    private void park(String name) throws InterruptedException {
        List<Poller> side = side(name);
        parked.set(0);
        failed.set(0);
        for (int from = 0; from < side.size(); from += AT_ONCE) {
            await(Future.join(side.subList(from, Math.min(side.size(), from + AT_ONCE)).stream()
                            .map(Poller::connect)
                            .toList())
                    .otherwiseEmpty());
        }
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (parked.get() + failed.get() < side.size() && System.nanoTime() < until) {
            Thread.sleep(20);
        }
        System.out.println("parked " + parked.get() + " " + failed.get());
    }

    private void arrivals(int count) throws InterruptedException {
        StringBuilder line = new StringBuilder("arrived");
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (int i = 0; i < count; i++) {
            Long at = arrivals.poll(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (at == null) {
                break;
            }
            line.append(' ').append(at);
        }
        System.out.println(line.append(' '));
    }

    private void leave(String name) {
        List<Future<Void>> closed = side(name).stream().map(Poller::leave).toList();
        await(Future.join(closed).otherwiseEmpty());
        arrivals.clear();
        System.out.println("left " + closed.size());
    }

    private void storm(String name, int count) {
        int port = Objects.requireNonNull(ports.get(name), name);
        int done = 0;
        int broken = 0;
        List<Identity> all = identities.all();
        for (int from = 0; from < count; from += AT_ONCE) {
            List<Future<Void>> some = new ArrayList<>();
            for (int i = from; i < Math.min(count, from + AT_ONCE); i++) {
                some.add(clients.shakeHands(all.get(i % all.size()), port));
            }
            await(Future.join(some).otherwiseEmpty());
            for (Future<Void> each : some) {
                if (each.succeeded()) {
                    done++;
                } else {
                    broken++;
                }
            }
        }
        System.out.println("stormed " + done + " " + broken);
    }

    /** One device: polls, and polls again when it is answered. Its event loop alone touches it. */
    private final class Poller {
        private final Identity identity;
        private final int port;
        private final int doubtsAtFirst;
        private final HttpAnswer answer = new HttpAnswer();
        private int doubts;
        private long journaled;
        private @Nullable String token;
        private volatile @Nullable NetSocket socket;

        Poller(Identity identity, int port, int doubts) {
            this.identity = identity;
            this.port = port;
            this.doubtsAtFirst = doubts;
        }

        Future<Void> connect() {
            return clients.connect(identity, port)
                    .map(connected -> {
                        doubts = doubtsAtFirst;
                        socket = connected;
                        answer.forget();
                        connected.handler(this::take);
                        connected.closeHandler(closed -> {
                            if (socket == connected) {
                                fail("hung up on");
                            }
                        });
                        poll(connected);
                        return (Void) null;
                    })
                    .onFailure(cause -> fail(String.valueOf(cause)));
        }

        Future<Void> leave() {
            NetSocket open = socket;
            socket = null;
            return open == null ? Future.succeededFuture() : open.close();
        }

        private void poll(NetSocket open) {
            open.write(Buffer.buffer(request())).onFailure(cause -> fail(String.valueOf(cause)));
            if (doubts == 0) {
                parked.incrementAndGet();
            }
        }

        private String request() {
            String envelope = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\""
                    + "http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><Poll xmlns=\"urn:fairlead:agent-channel:1\"><device>"
                    + identity.device() + "</device><hold>" + (doubts > 0 ? 0 : HOLD_SECONDS) + "</hold><journaled>"
                    + journaled
                    + "</journaled>" + (token == null ? "" : "<token>" + token + "</token>")
                    + "<agentVersion>0.1.0</agentVersion></Poll></s:Body></s:Envelope>";
            return "POST /agent HTTP/1.1\r\nHost: localhost:" + port
                    + "\r\nContent-Type: text/xml; charset=utf-8\r\nSOAPAction: \"urn:fairlead:agent-channel:1/Poll\""
                    + "\r\nContent-Length: " + envelope.length() + "\r\n\r\n" + envelope;
        }

        private void take(Buffer piece) {
            long at = System.nanoTime();
            String text = answer.take(piece);
            NetSocket open = socket;
            if (text == null || open == null) {
                return;
            }
            if (!text.startsWith("HTTP/1.1 200 ")) {
                fail(text);
                return;
            }
            int from = text.indexOf("<token>") + "<token>".length();
            token = text.substring(from, text.indexOf("</token>", from));
            int instruction = text.lastIndexOf(INSTRUCTION);
            if (instruction >= 0) {
                int number = text.indexOf("sequence=\"", instruction) + "sequence=\"".length();
                journaled = Long.parseLong(text, number, text.indexOf('"', number), 10);
                arrivals.add(at);
            }
            if (doubts > 0) {
                doubts--;
            } else {
                parked.decrementAndGet();
            }
            poll(open);
        }

        private void fail(String why) {
            if (failed.incrementAndGet() <= 3) {
                System.err.println(identity.device() + ": " + why);
            }
        }
    }

    public static void main(String[] args) {
        try {
            PollLoad load = new PollLoad(Path.of(args[0]));
            try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    String[] words = line.split(" ", -1);
                    switch (words[0]) {
                        case "side" -> load.side(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
                        case "park" -> load.park(words[1]);
                        case "arrivals" -> load.arrivals(Integer.parseInt(words[1]));
                        case "leave" -> load.leave(words[1]);
                        default -> load.storm(words[1], Integer.parseInt(words[2]));
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
