package io.fairlead.demo;

import io.fairlead.enterprise.app.Screen;
import io.fairlead.enterprise.kernel.CannotStart;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.perf.fleet.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fairlead demo}. */
@Command(
        name = "fairlead demo",
        description = {
            "Starts the enterprise server, simulated analysers and an agent for each on this machine, and shows a live"
                    + " table of what they do. Ctrl-C stops everything; the next start finds its data again."
        },
        footer = {
            "",
            "Examples:",
            "  fairlead demo",
            "  fairlead demo --agents 10 --port 9443 --data /tmp/demo",
            "  fairlead demo --fleet 1000     a console with a real fleet; the first start enrols it, 10,000 in minutes",
            "  fairlead demo --for 30s        run so long, print a line of counts; exit code 0 if all went well"
        })
final class DemoCommand implements Callable<Integer> {
    private static final int PEOPLE = 8_443;
    private static final int OPERATIONS = 9_464;
    private static final int MOST_FLEET = 20_000;

    private final Terminal terminal;
    private final Screen screen;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is kept. Default: demo in /var/lib/fairlead for root, else in"
                    + " ~/.local/share/fairlead.")
    private @Nullable Path data;

    @Option(names = "--agents", paramLabel = "N", description = "How many, 1 to 50; 3 unless given.")
    private int agents = 3;

    @Option(
            names = "--fleet",
            paramLabel = "N",
            description =
                    "Beside them N simulated agents in one process, 1 to 20000, that report each minute and obey. They"
                            + " need no instrument, but 60 KB or so of memory each, here and at the server. None unless given.")
    private int fleet;

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "People on P, agents on P+1, metrics on P+4 of loopback. Default: 8443, 8444, 9464.")
    private @Nullable Integer port;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Span.class,
            description =
                    "Runs so long (30s, 5m, 1h), prints a line of counts, and fails if an agent did not report and"
                            + " obey.")
    private @Nullable Duration span;

    DemoCommand(Terminal terminal, Screen screen) {
        this.terminal = terminal;
        this.screen = screen;
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
        Demo demo = new Demo(settings(), terminal, screen);
        Thread hook = new Thread(() -> stop(demo), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            int code = demo.run();
            demo.stop();
            return code;
        } catch (Stopped | CannotStart reason) {
            return failed(demo, String.valueOf(reason.getMessage()));
        } catch (IOException disk) {
            return failed(demo, "Cannot use the data folder: " + disk);
        } catch (InterruptedException interrupted) {
            demo.stop();
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private int failed(Demo demo, String reason) {
        if (!demo.isStopping()) {
            terminal.say("FAILED: " + reason);
        }
        demo.stop();
        return CommandLine.ExitCode.SOFTWARE;
    }

    private void stop(Demo demo) {
        if (!demo.isStopping()) {
            terminal.say("Stopping agents, server and PostgreSQL …");
            demo.stop();
            terminal.say("Stopped. The data stay; the next start finds them again.");
        }
    }

    private Settings settings() {
        if (agents < 1 || agents > 50) {
            throw usage("--agents takes 1 to 50");
        }
        if (fleet < 0 || fleet > MOST_FLEET) {
            throw usage("--fleet takes 1 to " + MOST_FLEET);
        }
        if (port != null && (port < 1 || port > 65_531)) {
            throw usage("--port takes 1 to 65531");
        }
        Path folder = data == null ? DataFolder.standard().resolve("demo") : data;
        return new Settings(
                folder.toAbsolutePath().normalize(),
                agents,
                fleet,
                port == null ? PEOPLE : port,
                port == null ? OPERATIONS : port + 4,
                Optional.ofNullable(span));
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
