package io.fairlead.demo;

import io.fairlead.perf.fleet.Arrivals;
import io.fairlead.perf.fleet.CommandSocket;
import io.fairlead.perf.fleet.Figures;
import io.fairlead.perf.fleet.Fleet;
import io.fairlead.perf.fleet.FleetSettings;
import io.fairlead.perf.fleet.Identities;
import io.fairlead.perf.fleet.Registration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Agents without instruments, in the demo's own process, so that the console can be seen with a real fleet. What they
 * enrolled with is kept in {@code fleet} of the demo's folder.
 */
final class SimulatedFleet {
    /** A server that has just started, on a machine that it shares with its agents, takes a hundred a second with ease. */
    private static final int COMING_EACH_SECOND = 70;

    /** For everything else that server and demo open. */
    private static final int OTHER_FILES = 500;
    /** Beside its poll an agent has a second connection around each report, for some seconds a minute. */
    private static final double FILES_EACH = 1.3;

    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files +\\S+ +([0-9]{1,9}) ");

    private final Settings settings;
    private final Terminal terminal;
    private final Clock clock;
    private final long begun = System.nanoTime();
    private volatile @Nullable Fleet fleet;
    private volatile boolean stopping;

    SimulatedFleet(Settings settings, Terminal terminal, Clock clock) {
        this.settings = settings;
        this.terminal = terminal;
        this.clock = clock;
    }

    /** Throws Stopped when the system lets a process have fewer connections than that. */
    static void refuseTooMany(int agents) throws IOException {
        if (agents == 0 || !Files.isReadable(LIMITS)) {
            return;
        }
        Matcher limit = OPEN_FILES.matcher(Files.readString(LIMITS));
        if (limit.find()) {
            long files = Long.parseLong(limit.group(1));
            long most = Math.max(0, (long) ((files - OTHER_FILES) / FILES_EACH));
            if (agents > most) {
                throw new Stopped("The system lets a process open " + files + " files, which is enough for --fleet "
                        + most + ". For more raise that limit (ulimit -Hn) and start again.");
            }
        }
    }

    /** Over which they come. */
    Duration ramp() {
        return Duration.ofSeconds(2 + settings.fleet() / COMING_EACH_SECOND);
    }

    /** Enrols those that are new, which is shown, and lets all of them come. */
    void start() throws IOException, InterruptedException {
        List<Registration> devices = IntStream.rangeClosed(1, settings.fleet())
                .mapToObj(Hospital::device)
                .toList();
        Identities identities = Identities.enrolled(
                        settings.data().resolve("fleet"),
                        devices,
                        new CommandSocket(settings.data()),
                        this::tell,
                        clock)
                .at(settings.agentsServer());
        synchronized (this) {
            if (!stopping) {
                fleet = new Fleet(identities, FleetSettings.asAgents(ramp()), Arrivals.ignored(), clock);
            }
        }
    }

    private void tell(int done, int all) {
        long second = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
        if (done == all) {
            terminal.say("  " + all + " simulated agents are enrolled");
        } else if (done % 25 == 0) {
            terminal.draw(
                    List.of("  " + done + " of " + all + " simulated agents are enrolled, after " + second + " s"),
                    second);
        }
    }

    /** For the live view. */
    String line() {
        Fleet running = fleet;
        if (running == null) {
            return "FLEET  not there yet";
        }
        Figures figures = running.figures();
        String troubles = (figures.shed() > 0 ? ", " + counted(figures.shed(), "call") + " put off" : "")
                + (figures.lost() > 0 ? ", " + counted(figures.lost(), "call") + " lost" : "")
                + (figures.refused().isEmpty() ? "" : ", refused " + figures.refused());
        return "FLEET  " + counted(running.size(), "simulated agent") + ": " + number(figures.parked()) + " wait, "
                + counted(figures.messages(), "message") + ", " + counted(figures.instructions(), "instruction")
                + troubles;
    }

    /** Such as {@code 1,000 simulated agents with 3,400 messages}. */
    String summary() {
        Fleet running = fleet;
        long messages = running == null ? 0 : running.figures().messages();
        return counted(settings.fleet(), "simulated agent") + " with " + counted(messages, "message");
    }

    /** What is wrong, for people: nothing when the server has answered each and refused none. */
    List<String> missing() {
        Fleet running = fleet;
        int came = running == null ? 0 : running.figures().came();
        if (running == null || came < settings.fleet()) {
            return List.of(number(settings.fleet() - came) + " simulated agents were not answered");
        }
        return running.figures().refused().isEmpty()
                ? List.of()
                : List.of("simulated agents were refused: " + running.figures().refused());
    }

    /** At once, as if their PCs were switched off. */
    void stop() {
        Fleet running;
        synchronized (this) {
            stopping = true;
            running = fleet;
        }
        if (running != null) {
            running.close();
        }
    }

    private static String counted(long count, String what) {
        return number(count) + " " + what + (count == 1 ? "" : "s");
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
