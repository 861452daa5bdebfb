package io.fairlead.agent.app;

import io.fairlead.agent.kernel.CannotStart;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agent run}. */
@Command(
        name = RunCommand.NAME,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Runs the agent until it is told to stop (TERM, or Ctrl-C).",
        footer = {
            "",
            "Exit codes: 0 told to stop, 1 failed, 2 wrong usage, 75 start me anew (bin/fairlead-agent does).",
            "",
            "Examples:",
            "  agent run",
            "  agent run --data /var/lib/fairlead-agent --site /etc/fairlead/site.conf"
        })
final class RunCommand implements Callable<Integer> {
    static final String NAME = "run";
    private static final Duration LONGEST_STOP = Duration.ofMillis(2500);

    @Mixin
    private DataOptions options = new DataOptions();

    @Option(names = "--console", description = "The log goes to standard error as well.")
    private boolean console;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (options.host().root()) {
            throw new CannotStart("the agent does not run as root, who could write site.conf: start it by"
                    + " bin/fairlead-agent, which drops to a user of its own, or as that user");
        }
        AgentFolder folder = AgentFolder.claim(options.data(), options.host());
        new RoomToStart(folder.data(), Thread::sleep, System.err::println).await();
        Logging logging = new Logging();
        logging.toFiles(folder.log(), console);
        Agent agent = new Agent(options.settings(), folder);
        logging.spareWhile(agent::diskIsLow);
        AtomicInteger code = new AtomicInteger();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(agent, code.get()), "stop"));
        try {
            agent.start();
            code.set(agent.awaitEnd());
        } catch (RuntimeException | Error e) {
            // Before the hook runs, which ends the process with it.
            code.set(1);
            throw e;
        }
        return code.get();
    }

    /** At the end of the process, whoever asked for it: what is not closed by then is as safe as after a power cut. */
    private static void stop(Agent agent, int code) {
        Thread closing = new Thread(agent::close, "close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(LONGEST_STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(code);
    }
}
