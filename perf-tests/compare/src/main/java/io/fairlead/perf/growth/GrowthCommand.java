package io.fairlead.perf.growth;

import io.fairlead.perf.compare.Bench;
import io.fairlead.perf.compare.CannotMeasure;
import io.fairlead.perf.compare.Machine;
import io.fairlead.perf.compare.Numbers;
import io.fairlead.perf.fleet.Span;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures how the product grows with agents and with history. */
@Command(
        name = "fairlead perf growth",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a server of its own in a temporary folder and measures the same at several numbers of agents, and at"
                    + " several sizes of history. Tables and pictures go into perf-tests/RESULTS.md, what follows from them"
                    + " into docs/capacity.md. Everything else is removed."
        },
        footer = {
            "",
            "As it is, it takes some 20 minutes, and 4 GB of memory and of the temporary folder. Ctrl-C ends it; a part that was"
                    + " not finished leaves the figures as they were.",
            "Exit code 0 when it measured, whatever the figures; 1 when something failed.",
            "",
            "Examples:",
            "  fairlead perf growth",
            "  fairlead perf growth --part history --history 1,3",
            "  fairlead perf growth --part agents --agents 50,100 --for 12s --results /tmp/trial"
        })
final class GrowthCommand implements Callable<Integer> {
    private static final int MOST_AGENTS = 20_000;
    private static final double LEAST_MILLIONS = 0.001;
    private static final double MOST_MILLIONS = 200;
    /** A device may have ten new epochs an hour. */
    private static final int MOST_SIZES = 8;

    private final Clock clock;
    private final AtomicBoolean stopped = new AtomicBoolean();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--part", paramLabel = "PART", description = "Only agents, or only history; both unless given.")
    private List<String> parts = new ArrayList<>();

    @Option(
            names = "--agents",
            paramLabel = "N",
            split = ",",
            description = "Numbers of agents, growing: 1 to 20000 each. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1000,3000,10000")
    private List<Integer> agents = new ArrayList<>();

    @Option(
            names = "--history",
            paramLabel = "M",
            split = ",",
            description = "Millions of rows of history, growing: 0.001 to 200 each. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1,3,10")
    private List<Double> history = new ArrayList<>();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Span.class,
            description =
                    "How long each number of agents is watched at rest (30s, 2m), 3s to 30m; a third of it warms a server,"
                            + " a sixth presses it. Default: ${DEFAULT-VALUE}.",
            defaultValue = "60s")
    private Duration span = Duration.ZERO;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = Span.class,
            description = "From one report of an agent to its next. Default: ${DEFAULT-VALUE}.",
            defaultValue = "60s")
    private Duration period = Duration.ZERO;

    @Option(
            names = "--pressing",
            paramLabel = "N",
            description = "Devices that report without a pause. Default: ${DEFAULT-VALUE}.",
            defaultValue = "500")
    private int pressing;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            description =
                    "Where RESULTS.md, the pictures and capacity.md go. Default: perf-tests, and docs/capacity.md.")
    private @Nullable Path results;

    GrowthCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        List<Part> chosen = chosen();
        PrintWriter out = spec.commandLine().getOut();
        Path home = home();
        Sections sections = results == null
                ? new Sections(home.resolve("perf-tests"), home.resolve("docs/capacity.md"))
                : new Sections(
                        results.toAbsolutePath(), results.toAbsolutePath().resolve("capacity.md"));
        Thread ending = new Thread(() -> {
            stopped.set(true);
            out.println("Stopped. What was not finished is not written; the server ends, and its folder goes.");
            out.flush();
        });
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            boolean failed = false;
            for (Part part : chosen) {
                failed |= !measured(part, new Machine(home), home, sections, out);
            }
            return failed ? 1 : 0;
        } finally {
            if (!stopped.get()) {
                boolean unusedThere = Runtime.getRuntime().removeShutdownHook(ending);
            }
        }
    }

    private boolean measured(Part part, Machine machine, Path home, Sections sections, PrintWriter out)
            throws IOException {
        out.println("Growth: " + part.title());
        String load = Machine.load();
        try (Bench bench = new Bench(home, List.of())) {
            try {
                Growth growth = part.measure(bench, new Progress(out));
                sections.put(part, growth, circumstances(part, machine, load));
                tell(part, growth, out);
                return true;
            } catch (CannotMeasure missing) {
                out.println("FAILED: " + missing.what());
            } catch (Exception failure) {
                if (!stopped.get()) {
                    failure.printStackTrace(out);
                    out.println(Files.readString(bench.said()));
                }
            }
            out.flush();
            return false;
        }
    }

    private static void tell(Part part, Growth growth, PrintWriter out) {
        for (Figure each : growth.figures()) {
            out.println("GROWTH %s: %s: %s; %s beside %s"
                    .formatted(
                            part.name(),
                            each.what(),
                            String.join(
                                    ", ",
                                    growth.values(each).stream()
                                            .map(Numbers::text)
                                            .toList()),
                            growth.beside(each),
                            each.shape().word()));
        }
        out.flush();
    }

    private List<String> circumstances(Part part, Machine machine, String load) throws IOException {
        return List.of(
                "measured "
                        + DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'")
                                .format(clock.instant().atZone(ZoneOffset.UTC))
                        + ", commit " + machine.commit() + ", load average before it " + load,
                machine.hardware() + "; server on one core, load and PostgreSQL on another",
                "`./fairlead perf growth --part " + part.name() + " " + part.option() + " " + effort().told() + "`");
    }

    private Effort effort() {
        try {
            return new Effort(span, period, pressing);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    private List<Part> chosen() {
        Effort effort = effort();
        grows("--agents", agents.stream().map(Integer::doubleValue).toList(), 1, MOST_AGENTS);
        grows("--history", history, LEAST_MILLIONS, MOST_MILLIONS);
        List<Part> all = List.of(new AgentsPart(agents, effort), new HistoryPart(history, effort));
        for (String asked : parts) {
            if (all.stream().noneMatch(part -> part.name().equals(asked))) {
                throw new ParameterException(
                        spec.commandLine(), "there is no part " + asked + "; there are agents, history");
            }
        }
        return all.stream()
                .filter(part -> parts.isEmpty() || parts.contains(part.name()))
                .toList();
    }

    private void grows(String option, List<Double> sizes, double least, double most) {
        boolean grow = true;
        for (int i = 0; i < sizes.size(); i++) {
            grow &= sizes.get(i) >= least && sizes.get(i) <= most && (i == 0 || sizes.get(i) > sizes.get(i - 1));
        }
        if (sizes.isEmpty() || sizes.size() > MOST_SIZES || !grow) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s takes up to %d sizes, each larger than the one before, from %s to %s"
                            .formatted(option, MOST_SIZES, plain(least), plain(most)));
        }
    }

    private static String plain(double size) {
        return BigDecimal.valueOf(size).stripTrailingZeros().toPlainString();
    }

    /** The checkout, which the launcher names. */
    private static Path home() {
        String told = System.getProperty("fairlead.home", System.getProperty("fairlead.root"));
        return Path.of(told == null ? "." : told).toAbsolutePath().normalize();
    }
}
