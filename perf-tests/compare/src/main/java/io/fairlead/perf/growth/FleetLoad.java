package io.fairlead.perf.growth;

import io.fairlead.perf.fleet.CommandSocket;
import io.fairlead.perf.fleet.Figures;
import io.fairlead.perf.fleet.Fleet;
import io.fairlead.perf.fleet.FleetSettings;
import io.fairlead.perf.fleet.Identities;
import io.fairlead.perf.fleet.WakeTimes;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A fleet that polls and reports as real agents do, in a process of its own. The arguments are the folder of its identities, the
 * server's data folder and the port of its agents' listener. Lines:
 *
 * <pre>
 *   come SECONDS     starts the fleet, all at once, each with a report so often: "parked COUNT NANOS" when all are
 *   figures          "figures REPORTS POLLS SHED LOST REFUSED", since the start
 *   order COUNT      so many instructions, one after the other: "arrived COUNT P50 P99", in microseconds from the order
 * </pre>
 */
public final class FleetLoad {
    private static final long PATIENCE_SECONDS = 400;
    private static final long LOOK_MILLIS = 5;
    private static final long PAUSE_MILLIS = 5;
    private static final Duration HOLD = Duration.ofSeconds(50);
    private static final int SOURCES = 8;
    /** The share of agents that may be between two polls at any moment. */
    private static final double BETWEEN_POLLS = 0.002;

    private final Identities identities;
    private final CommandSocket socket;
    private final WakeTimes wakes = new WakeTimes();

    private FleetLoad(Identities identities, CommandSocket socket) {
        this.identities = identities;
        this.socket = socket;
    }

    private Fleet come(int period) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Fleet fleet = new Fleet(
                identities,
                new FleetSettings(Duration.ZERO, Duration.ofSeconds(period), HOLD, 1, SOURCES),
                wakes,
                Clock.systemUTC());
        long until = begun + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        int missed = (int) (fleet.size() * BETWEEN_POLLS);
        int parked = fleet.figures().parked();
        while (parked < fleet.size() - missed && System.nanoTime() < until) {
            Thread.sleep(LOOK_MILLIS);
            parked = fleet.figures().parked();
        }
        System.out.println("parked " + parked + " " + (System.nanoTime() - begun));
        return fleet;
    }

    private static void tell(Figures figures) {
        long refused =
                figures.refused().values().stream().mapToLong(Long::longValue).sum();
        System.out.println("figures " + figures.reports() + " " + figures.polls() + " " + figures.shed() + " "
                + figures.lost() + " " + refused);
        System.err.println(figures);
    }

    private void order(int count) throws IOException, InterruptedException {
        int all = identities.all().size();
        for (int i = 0; i < count; i++) {
            String device = identities.all().get((int) (i * 37L % all)).device();
            long at = System.nanoTime();
            JsonObject ordered = socket.call(
                    "instruct", new JsonObject().put("device", device).put("action", "collect"));
            wakes.ordered(device, ordered.getLong("number"), at);
            // Further ones for the same agent wait for it to come back: that is not what is measured.
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (wakes.open() > 0 && System.nanoTime() < until) {
                Thread.sleep(1);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        Histogram micros = wakes.micros();
        System.out.println("arrived " + micros.getTotalCount() + " " + micros.getValueAtPercentile(50) + " "
                + micros.getValueAtPercentile(99));
    }

    public static void main(String[] args) {
        Fleet fleet = null;
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            FleetLoad load = new FleetLoad(
                    Identities.kept(Path.of(args[0])).at("localhost:" + args[2]), new CommandSocket(Path.of(args[1])));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", -1);
                switch (words[0]) {
                    case "come" -> fleet = load.come(Integer.parseInt(words[1]));
                    case "order" -> load.order(Integer.parseInt(words[1]));
                    default -> {
                        if (fleet != null) {
                            tell(fleet.figures());
                        }
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
