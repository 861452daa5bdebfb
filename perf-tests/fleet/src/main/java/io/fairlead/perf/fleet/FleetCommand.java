package io.fairlead.perf.fleet;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Enrols and runs a fleet towards a server of this machine, and prints a line of figures now and then. */
@Command(
        name = "fairlead-fleet",
        mixinStandardHelpOptions = true,
        description = "Simulated agents, enrolled at a server of this machine, that poll and report as real ones do.")
final class FleetCommand implements Callable<Integer> {
    private static final int ORDERING_AT_ONCE = 8;
    private static final int TELL_SECONDS = 10;
    private static final int TELL_DEVICES = 1_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The server's data folder.")
    private Path data = Path.of("");

    @Option(
            names = "--identities",
            paramLabel = "DIR",
            description = "Where the devices are kept for the next run. Default: fleet in the server's data folder.")
    private @Nullable Path identities;

    @Option(names = "--agents", paramLabel = "N", description = "How many. Default: ${DEFAULT-VALUE}.")
    private int agents = 100;

    @Option(
            names = "--ramp",
            paramLabel = "S",
            description = "Seconds over which they come. Default: ${DEFAULT-VALUE}.")
    private int ramp = 10;

    @Option(
            names = "--report",
            paramLabel = "S",
            description = "Seconds from one report to the next, 0 for none. Default: ${DEFAULT-VALUE}.")
    private int report = 60;

    @Option(names = "--loops", paramLabel = "N", description = "Threads. Default: ${DEFAULT-VALUE}.")
    private int loops = 1;

    @Option(
            names = "--sources",
            paramLabel = "N",
            description = "Loopback addresses that they come from. Default: ${DEFAULT-VALUE}.")
    private int sources = 8;

    @Option(names = "--for", paramLabel = "S", description = "Seconds to run. Default: ${DEFAULT-VALUE}.")
    private int span = 60;

    @Option(
            names = "--wake",
            paramLabel = "N",
            description = "At the end, orders so many of them to collect, one after the other, and prints how long that"
                    + " took to reach them.")
    private int wake;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        CommandSocket socket = new CommandSocket(data);
        Identities enrolled = enrolled(socket, out);
        WakeTimes wakes = new WakeTimes();
        FleetSettings settings = new FleetSettings(
                Duration.ofSeconds(ramp), Duration.ofSeconds(report), Duration.ofSeconds(50), loops, sources);
        try (Fleet fleet = new Fleet(enrolled, settings, wakes, Clock.systemUTC())) {
            watch(fleet.figures(), out);
            if (wake > 0) {
                wake(socket, wakes, out);
            }
            out.println(fleet.figures());
            return fleet.figures().came() == agents ? 0 : 1;
        }
    }

    private Identities enrolled(CommandSocket socket, PrintWriter out) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        List<Registration> devices = IntStream.rangeClosed(1, agents)
                .mapToObj(number -> Registration.plain("FLEET-" + number))
                .toList();
        Progress progress = (done, all) -> {
            if (done % TELL_DEVICES == 0) {
                out.println("enrolled=" + done + " seconds=" + seconds(begun));
            }
        };
        Path folder = identities == null ? data.resolve("fleet") : identities;
        Identities enrolled = Identities.enrolled(folder, devices, socket, progress, Clock.systemUTC());
        out.println("identities=" + enrolled.all().size() + " seconds=" + seconds(begun));
        return enrolled;
    }

    private void watch(Figures figures, PrintWriter out) throws InterruptedException {
        long started = System.nanoTime();
        long next = started;
        boolean parked = false;
        while (System.nanoTime() - started < TimeUnit.SECONDS.toNanos(span)) {
            Thread.sleep(200);
            // A few are always between two polls.
            if (!parked && figures.parked() >= agents * 0.999) {
                parked = true;
                out.println("all-parked seconds=" + seconds(started));
            }
            if (System.nanoTime() >= next) {
                next += TimeUnit.SECONDS.toNanos(TELL_SECONDS);
                out.println("second=" + seconds(started) + " " + figures);
            }
        }
    }

    private void wake(CommandSocket socket, WakeTimes wakes, PrintWriter out) throws InterruptedException {
        long begun = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(ORDERING_AT_ONCE);
        for (int number = 1; number <= Math.min(wake, agents); number++) {
            String device = "FLEET-" + number;
            threads.execute(() -> order(socket, wakes, device, out));
        }
        threads.shutdown();
        boolean ordered = threads.awaitTermination(10, TimeUnit.MINUTES);
        Thread.sleep(2_000);
        Histogram micros = wakes.micros();
        out.println("ordered=" + ordered + " seconds=" + seconds(begun) + " arrived=" + micros.getTotalCount()
                + " open=" + wakes.open() + " from-the-command-in-microseconds p50="
                + micros.getValueAtPercentile(50) + " p99=" + micros.getValueAtPercentile(99) + " max="
                + micros.getMaxValue());
    }

    private static void order(CommandSocket socket, WakeTimes wakes, String device, PrintWriter out) {
        try {
            long begun = System.nanoTime();
            JsonObject ordered = socket.call(
                    "instruct", new JsonObject().put("device", device).put("action", "collect"));
            wakes.ordered(device, ordered.getLong("number"), begun);
        } catch (IOException refused) {
            out.println("device=" + device + " order=refused cause=\"" + refused.getMessage() + "\"");
        }
    }

    private static String seconds(long since) {
        return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - since) / 1e9);
    }
}
