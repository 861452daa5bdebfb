package io.fairlead.agent.app;

import io.fairlead.agent.host.Host;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code agent status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Says how the agent of this PC is: whom it talks to, what it keeps, what it may do. Reads what the"
                        + " agent writes down every ten seconds; the agent itself is not asked, for it listens on nothing.",
        footer = {
            "",
            "Exit codes: 0 the agent runs, 3 it does not, 4 it cannot be told, 1 failed, 2 wrong usage.",
            "",
            "Examples:",
            "  agent status",
            "  agent status --json | jq .server",
            "  agent status --data /var/lib/fairlead-agent"
        })
final class StatusCommand implements Callable<Integer> {
    private static final int STOPPED = 3;
    private static final int UNKNOWN = 4;

    @Mixin
    private DataOptions options = new DataOptions();

    @Option(names = "--json", description = "For programs: one object, a member for each section.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() throws IOException {
        new Logging().quiet();
        Host host = options.host();
        Path data = options.data().toAbsolutePath().normalize();
        Optional<StatusReport> report = newest(data, host);
        if (report.isEmpty()) {
            say(new StatusText(host, clock).withoutReport(data, readable(data), json));
            return readable(data) ? STOPPED : UNKNOWN;
        }
        Vigour vigour = Vigour.of(report.get(), clock.instant());
        say(json ? StatusText.json(report.get(), vigour) : new StatusText(host, clock).words(report.get(), vigour));
        return vigour == Vigour.RUNS ? 0 : vigour == Vigour.ENDED ? STOPPED : UNKNOWN;
    }

    private void say(String text) {
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }

    private static boolean readable(Path data) {
        return !Files.exists(data)
                ? Files.isReadable(data.getParent())
                : Files.isReadable(data) && Files.isExecutable(data);
    }

    /** The report written last, of those that can be read. */
    private static Optional<StatusReport> newest(Path data, Host host) throws IOException {
        List<StatusReport> found = new ArrayList<>();
        for (Path place : StatusFile.places(data, host)) {
            try {
                found.add(StatusReport.read(Files.readAllBytes(place)));
            } catch (NoSuchFileException | AccessDeniedException e) {
                // Perhaps in the other place.
            } catch (IOException e) {
                // Half a file after a power cut, or another version's: nothing to go by.
                System.err.println("fairlead-agent: " + place + " cannot be read");
            }
        }
        return found.stream().max(Comparator.comparing(StatusReport::written));
    }
}
