package io.fairlead.perf.simulations;

import io.fairlead.perf.fleet.Span;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Plays one simulation from beginning to end. */
@Command(
        name = "fairlead perf",
        description = {
            "Starts a server of its own in a temporary folder, enrols agents, plays a simulation against it with Gatling,"
                    + " and says what came of it. Fails when a request failed or a message was lost."
        },
        footer = {
            "",
            "Simulations:",
            "  normal-day       parked polls, a report a minute, some alarms",
            "  alarm-burst      the same, and in the middle third each instrument raises alarms each second",
            "  reconnect-storm  all agents come at once, again and again",
            "  upload-wave      every agent was asked for a file of 1 to 5 MB",
            "  everything       a normal day with files, people at the console and other systems",
            "",
            "Examples:",
            "  fairlead perf normal-day --agents 500 --for 5m",
            "  fairlead perf reconnect-storm --agents 1000 --for 2m"
        })
final class PerfCommand implements Callable<Integer> {
    private static final int MOST_AGENTS = 10_000;

    private final PrintWriter out;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "SIMULATION",
            converter = Word.class,
            completionCandidates = Words.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private Kind kind = Kind.NORMAL_DAY;

    @Option(names = "--agents", paramLabel = "N", description = "How many, 1 to 10000; 100 unless given.")
    private int agents = 100;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Span.class,
            description = "How long it goes on (30s, 5m, 1h); 1m unless given.")
    private Duration span = Duration.ofMinutes(1);

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = Span.class,
            description = "From one message of an agent to its next; 60s unless given.")
    private Duration period = Duration.ofMinutes(1);

    @Option(
            names = "--results",
            paramLabel = "DIR",
            description =
                    "Where reports go, each in a folder of its own. Default: perf-tests/simulations/target/results.")
    private @Nullable Path results;

    PerfCommand(PrintWriter out) {
        this.out = out;
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Says what this command does, with examples.")
    void help(boolean asked) {
        // Picocli answers it before the command runs.
    }

    @Override
    public Integer call() {
        if (agents < 1 || agents > MOST_AGENTS) {
            throw new ParameterException(spec.commandLine(), "--agents takes 1 to " + MOST_AGENTS);
        }
        Path home = Path.of(System.getProperty("fairlead.home", "."))
                .toAbsolutePath()
                .normalize();
        Path reports = results == null ? home.resolve("perf-tests/simulations/target/results") : results;
        try {
            Play play = new Play(
                    new Wanted(kind, agents, span, period),
                    home,
                    reports.toAbsolutePath(),
                    List.of(),
                    Clock.systemUTC(),
                    out);
            return play.run() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (Stopped reason) {
            out.println("FAILED: " + reason.getMessage());
        } catch (IOException failed) {
            out.println("FAILED: " + failed);
        } catch (InterruptedException hurried) {
            out.println("Stopped.");
        }
        return ExitCode.SOFTWARE;
    }

    /** The simulations' names. */
    static final class Words implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.copyOf(Stream.of(Kind.values()).map(Kind::word).toList())
                    .iterator();
        }
    }

    /** A simulation by its name. */
    static final class Word implements ITypeConverter<Kind> {
        @Override
        public Kind convert(String text) {
            return Kind.of(text)
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of "
                            + String.join(
                                    ", ",
                                    Stream.of(Kind.values()).map(Kind::word).toList())));
        }
    }
}
