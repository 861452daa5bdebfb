package io.fairlead.perf.compare;

import static io.fairlead.perf.compare.Waiting.await;

import io.fairlead.perf.fleet.Identities;
import io.fairlead.perf.fleet.Identity;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Many devices that poll, each on a connection of its own; a process of its own. Arguments: a folder of identities, and how
 * many of them, the first by name. Lines, NAME being a server:
 *
 * <pre>
 *   side NAME PORT ENROLLED QUIET   a server, see {@link PollSide}
 *   park NAME COUNT                 so many connect, unless they are, and poll until all polls are held: "parked COUNT PUTOFF FAILED"
 *   arrivals COUNT                  waits for so many instructions: "arrived" and when each came, by System.nanoTime
 *   leave NAME                      closes all connections: "left COUNT"
 *   handshakes NAME COUNT           so many whole handshakes: "shook DONE FAILED"
 *   rush NAME                       all connect, and when all are there poll at the same moment: "rushed TAKEN PUTOFF FAILED MILLIS HUNGUP"
 * </pre>
 */
final class PollLoad {
    private static final int AT_ONCE = 32;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long LOOK_MILLIS = 20;
    private static final long SETTLE_MILLIS = 1_000;
    /** A few are between two polls at any moment: each is held for 50 s at most. */
    private static final double NEARLY = 0.99;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final PollTally tally = new PollTally();
    private final Identities identities;
    private final List<Identity> devices;
    private final DeviceClients clients;
    private final Map<String, PollSide> sides = new HashMap<>();
    private final Map<String, List<PollingDevice>> polling = new HashMap<>();

    private PollLoad(Path folder, int count) throws IOException {
        this.identities = Identities.kept(folder);
        this.devices = identities.all().stream()
                .sorted(Comparator.comparing(Identity::device))
                .limit(count)
                .toList();
        this.clients = new DeviceClients(vertx, devices);
    }

    private void side(String name, int port, boolean enrolled, boolean quiet) {
        PollSide side = new PollSide(vertx, clients, tally, identities.memory(), port, enrolled, quiet);
        sides.put(name, side);
        polling.put(
                name,
                devices.stream().map(each -> new PollingDevice(each, side)).toList());
    }

    private List<PollingDevice> polling(String name) {
        return Objects.requireNonNull(polling.get(name), name);
    }

    private void park(String name, int count) throws InterruptedException {
        tally.begin();
        paced(polling(name).subList(0, count), PollingDevice::park);
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (!areParked(count) && System.nanoTime() < until) {
            Thread.sleep(LOOK_MILLIS);
        }
        tally.arrivals.clear();
        System.out.println("parked " + tally.parked.get() + " " + tally.putOff.get() + " " + tally.failed.get());
    }

    /** And stay so: a poll counts as held when it is sent, and may still be put off. */
    private boolean areParked(int count) throws InterruptedException {
        if (tally.parked.get() + tally.failed.get() < count * NEARLY) {
            return false;
        }
        Thread.sleep(SETTLE_MILLIS);
        return tally.parked.get() + tally.failed.get() >= count * NEARLY;
    }

    private void paced(List<PollingDevice> some, Function<PollingDevice, Future<Void>> step) {
        for (int from = 0; from < some.size(); from += AT_ONCE) {
            List<PollingDevice> next = some.subList(from, Math.min(some.size(), from + AT_ONCE));
            atOnce(next, step);
        }
    }

    /** On the event loop of the devices, without a pause. */
    private void atOnce(List<PollingDevice> some, Function<PollingDevice, Future<Void>> step) {
        Promise<Void> done = Promise.promise();
        vertx.runOnContext(here -> Future.join(some.stream().map(step).toList())
                .<Void>mapEmpty()
                .otherwiseEmpty()
                .onComplete(done));
        await(done.future());
    }

    private void arrivals(int count) throws InterruptedException {
        StringBuilder line = new StringBuilder("arrived");
        long until = System.nanoTime() + PATIENCE_NANOS;
        for (int i = 0; i < count; i++) {
            Long at = tally.arrivals.poll(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (at == null) {
                break;
            }
            line.append(' ').append(at);
        }
        System.out.println(line.append(' '));
    }

    private void leave(String name) {
        atOnce(polling(name), PollingDevice::leave);
        System.out.println("left " + polling(name).size());
    }

    private void handshakes(String name, int count) {
        int port = Objects.requireNonNull(sides.get(name), name).port();
        int done = 0;
        int broken = 0;
        for (int from = 0; from < count; from += AT_ONCE) {
            List<Future<Void>> some = new ArrayList<>();
            for (int i = from; i < Math.min(count, from + AT_ONCE); i++) {
                some.add(clients.shakeHands(devices.get(i % devices.size()), port));
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
        System.out.println("shook " + done + " " + broken);
    }

    private void rush(String name) throws InterruptedException {
        List<PollingDevice> all = polling(name);
        tally.begin();
        // A connection on which nothing was asked yet would be closed soon.
        paced(all, PollingDevice::ask);
        awaitTaken(all.size());
        int late = all.size() - tally.taken.get();
        tally.begin();
        long from = System.nanoTime();
        atOnce(all, PollingDevice::ask);
        awaitTaken(all.size() - late);
        System.out.println("rushed " + tally.taken.get() + " " + tally.putOff.get() + " " + (tally.failed.get() + late)
                + " " + (System.nanoTime() - from) / 1_000_000 + " " + tally.hungUp.get());
    }

    private void awaitTaken(int count) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (tally.taken.get() + tally.failed.get() < count && System.nanoTime() < until) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void run(String[] words) throws InterruptedException {
        switch (words[0]) {
            case "side" ->
                side(
                        words[1],
                        Integer.parseInt(words[2]),
                        Boolean.parseBoolean(words[3]),
                        Boolean.parseBoolean(words[4]));
            case "park" -> park(words[1], Integer.parseInt(words[2]));
            case "arrivals" -> arrivals(Integer.parseInt(words[1]));
            case "leave" -> leave(words[1]);
            case "rush" -> rush(words[1]);
            default -> handshakes(words[1], Integer.parseInt(words[2]));
        }
    }

    public static void main(String[] args) {
        try {
            PollLoad load = new PollLoad(Path.of(args[0]), Integer.parseInt(args[1]));
            try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
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
