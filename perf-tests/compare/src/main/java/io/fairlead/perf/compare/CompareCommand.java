package io.fairlead.perf.compare;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fairlead perf compare}. */
@Command(
        name = "fairlead perf compare",
        mixinStandardHelpOptions = true,
        description = {
            "Measures Fairlead beside what it is compared with, in turns on the same core, and ends with a line a goal. The"
                    + " figures, every round and the machine go into perf-tests/RESULTS.md."
        },
        footer = {
            "",
            "Rows: 1 ingest, 2 parked polls and their waking, 3 from instruction to agent, 4 one tunnel stream, 5 reconnect"
                    + " storm, 6 an agent at rest; and services, allowlist, crowd.",
            "Exit code 0 when it measured, whatever the figures; 1 when a row failed."
        })
final class CompareCommand implements Callable<Integer> {
    private final Rows rows;
    private final Clock clock;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--row", paramLabel = "N", description = "only this row; may be said several times")
    List<String> only = new ArrayList<>();

    @Option(
            names = "--rounds",
            paramLabel = "K",
            defaultValue = "7",
            description = "rounds of a row (${DEFAULT-VALUE})")
    int rounds;

    @Option(
            names = "--share",
            paramLabel = "X",
            defaultValue = "1",
            description = "how long each run is beside an ordinary one; less than 1 is for trials (${DEFAULT-VALUE})")
    double share;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "where the figures go instead of perf-tests/RESULTS.md")
    @Nullable
    Path results;

    @Option(
            names = "--server-option",
            paramLabel = "OPTION",
            description = "for the JVM of the server that is measured, such as a profiler's; may be said several times")
    List<String> serverOptions = new ArrayList<>();

    CompareCommand(Rows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        CommandSpec here = java.util.Objects.requireNonNull(spec);
        PrintWriter out = here.commandLine().getOut();
        Effort effort = effort(here);
        Path home = home();
        Results file = new Results(
                results == null ? home.resolve("perf-tests/RESULTS.md") : results.toAbsolutePath(), rows.names());
        Machine machine = new Machine(home);
        List<String> ending = new ArrayList<>();
        boolean failed = false;
        for (Row row : chosen(here)) {
            out.println("Row " + row.name() + ": " + row.title() + " (" + effort.rounds() + " rounds)");
            out.flush();
            String load = Machine.load();
            Measurement measured;
            try (Bench bench = new Bench(home, serverOptions)) {
                bench.whenStopped(() -> {
                    row.missing("it was interrupted").forEach(each -> ending.add(each.line()));
                    tell(ending, out);
                });
                measured = measured(row, bench, effort, out);
                if (bench.isStopping()) {
                    return 1; // which nobody hears, and the figures of before stay
                }
            } catch (CannotMeasure missing) {
                measured = new Measurement(row.missing(missing.what()), List.of());
            }
            failed |= measured == null;
            if (measured == null) {
                measured = new Measurement(row.missing("it failed; the run says why"), List.of());
            }
            file.put(row, measured, circumstances(machine, load, row));
            measured.findings().forEach(each -> ending.add(each.line()));
        }
        tell(ending, out);
        return failed ? 1 : 0;
    }

    private static void tell(List<String> lines, PrintWriter out) {
        lines.forEach(out::println);
        out.flush();
    }

    /** Null when it failed, which the run has said then, or is being stopped. */
    private static @Nullable Measurement measured(Row row, Bench bench, Effort effort, PrintWriter out)
            throws IOException {
        try {
            return row.measure(bench, effort);
        } catch (CannotMeasure missing) {
            throw missing;
        } catch (Exception failure) {
            if (!bench.isStopping()) {
                failure.printStackTrace(out);
                out.println(Files.readString(bench.said()));
                out.flush();
            }
            return null;
        }
    }

    private List<String> circumstances(Machine machine, String load, Row row) throws IOException {
        return List.of(
                "measured "
                        + DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'")
                                .format(clock.instant().atZone(ZoneOffset.UTC))
                        + ", commit " + machine.commit() + ", load average before it " + load,
                machine.hardware(),
                machine.versions(),
                "`./fairlead perf compare --row " + row.name() + " --rounds " + rounds
                        + (share == 1 ? "" : " --share " + share) + "`");
    }

    private List<Row> chosen(CommandSpec here) {
        if (only.isEmpty()) {
            return rows.all();
        }
        List<Row> chosen = new ArrayList<>();
        for (String name : only) {
            chosen.add(rows.named(name)
                    .orElseThrow(() -> new ParameterException(
                            here.commandLine(),
                            "there is no row " + name + "; there are " + String.join(", ", rows.names()))));
        }
        return chosen;
    }

    private Effort effort(CommandSpec here) {
        try {
            return new Effort(rounds, share);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(here.commandLine(), wrong.getMessage(), wrong);
        }
    }

    /** The checkout, which the launcher names. */
    private static Path home() {
        String told = System.getProperty("fairlead.home", System.getProperty("fairlead.root"));
        return Path.of(told == null ? "." : told).toAbsolutePath().normalize();
    }
}
