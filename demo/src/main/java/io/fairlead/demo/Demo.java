package io.fairlead.demo;

import io.fairlead.enterprise.app.Screen;
import io.fairlead.enterprise.kernel.DataFolder;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The whole demo: server, instruments and agents start, and a simulated fleet when asked for; a table shows what they do;
 * everything stops.
 *
 * <p>{@link #run} belongs to one thread; {@link #stop} may come from any, at any time, and more than once.
 */
final class Demo {
    /** Agents that may start at once: each costs a second of CPU. */
    private static final int STARTING_AT_ONCE = 3;

    private static final String SAMPLE_OFTEN = "set sample.period=10";

    private final Settings settings;
    private final Terminal terminal;
    private final Clock clock;
    private final long begun = System.nanoTime();
    private final List<AgentProgram> agents = new ArrayList<>();
    private final LiveTable table;
    private volatile @Nullable Server server;
    private volatile @Nullable SimulatedFleet fleet;
    private volatile boolean stopping;
    private final Set<String> hurried = new HashSet<>();
    private boolean firstValues;

    Demo(Settings settings, Terminal terminal, Screen screen) {
        this.settings = settings;
        this.terminal = terminal;
        this.clock = screen.clock();
        this.table = new LiveTable(screen);
    }

    /** Runs until the time is up, or until stopped. Returns the exit code. Throws Stopped when it cannot go on. */
    int run() throws IOException, InterruptedException {
        terminal.say("Fairlead demo in " + settings.data());
        Path folder = new DataFolder(settings.data()).path();
        Modes.readableFolder(folder.resolve("log"));
        SimulatedFleet.refuseTooMany(settings.fleet());
        Account account = Accounts.choose(folder);
        Programs programs = Accounts.reachable(Programs.built(), account, folder);
        Instant start = clock.instant();
        Server running = startServer(programs);
        startAgents(running, account, programs);
        startFleet();
        sayWhoMayLogIn(new DemoPeople(folder, clock)
                .there(
                        running,
                        settings.fleet() == 0 ? settings.agents() : Math.max(settings.agents(), Station.KINDS)));
        sayWhatToTry();
        return watch(running, new Tally(start));
    }

    private Server startServer(Programs programs) throws IOException, InterruptedException {
        Server starting = new Server(settings, programs);
        starting.start();
        server = starting;
        terminal.say("  enterprise server starts with its PostgreSQL …");
        starting.awaitReady();
        terminal.say("  enterprise server answers " + since());
        return starting;
    }

    private void startAgents(Server running, Account account, Programs programs)
            throws IOException, InterruptedException {
        for (int number = 1; number <= settings.agents(); number++) {
            synchronized (agents) {
                agents.add(new AgentProgram(settings, Station.of(number), account, programs, clock));
            }
        }
        ExecutorService starters = Executors.newFixedThreadPool(STARTING_AT_ONCE);
        try {
            List<Future<?>> starts = new ArrayList<>();
            for (AgentProgram agent : agents) {
                starts.add(starters.submit(() -> {
                    agent.start(running);
                    terminal.say("  " + agent.station().device() + ": "
                            + agent.station().instrument().model() + " and its agent started " + since());
                    return agent;
                }));
            }
            for (Future<?> one : starts) {
                await(one);
            }
        } finally {
            starters.shutdownNow();
        }
        if (account instanceof Account.Ordinary) {
            terminal.say("  Agents run as you: they can write their own site.conf, which only a demo may take.");
        }
    }

    private static void await(Future<?> start) throws IOException, InterruptedException {
        try {
            Object started = start.get();
            assert started != null;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException disk) {
                throw disk;
            }
            if (failed.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException(failed);
        }
    }

    private void startFleet() throws IOException, InterruptedException {
        if (settings.fleet() == 0) {
            return;
        }
        SimulatedFleet starting = new SimulatedFleet(settings, terminal, clock);
        fleet = starting;
        starting.start();
        terminal.say("  " + settings.fleet() + " simulated agents come within "
                + starting.ramp().toSeconds() + " s, " + since());
    }

    private void sayWhoMayLogIn(List<String> people) {
        terminal.say("");
        terminal.say("The console is at https://localhost:" + settings.port()
                + " (the browser warns, for it does not know this server's root). Who may log in:");
        people.forEach(person -> terminal.say("  " + person));
    }

    private void sayWhatToTry() {
        String data = " --data " + quoted(settings.data().toString());
        terminal.say("");
        terminal.say("Try, in another terminal:");
        terminal.say("  ./fairlead devices" + data);
        terminal.say("  ./fairlead devices DEMO-1" + data);
        terminal.say("  ./fairlead instruct DEMO-1 collect --wait" + data);
        terminal.say("  ./fairlead instruct DEMO-1 diagnose disk --wait" + data);
        terminal.say("  ./fairlead instruct DEMO-1 package --wait" + data);
        terminal.say("  ./fairlead instruct DEMO-1 send README.md --reason 'have a look' --wait" + data);
        String agent = settings.data().resolve("agents/DEMO-1/data").toString();
        terminal.say("  ./fairlead connect DEMO-1 shell --reason 'have a look'" + data);
        terminal.say("    which ask at the instrument: ./fairlead agent questions --watch --data " + quoted(agent));
        terminal.say("  ./fairlead agent status --data " + quoted(agent));
        terminal.say("  ./fairlead audit list" + data);
        terminal.say("Ctrl-C stops everything. Logs are in " + settings.data().resolve("log"));
        terminal.say("");
    }

    /** As a shell takes it. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9/._~-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private int watch(Server running, Tally tally) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!stopping) {
            List<Seen> seen = look(running, tally);
            long second = Duration.ofNanos(System.nanoTime() - start).toSeconds();
            terminal.draw(shown(seen), second);
            if (settings.span().isPresent() && second >= settings.span().get().toSeconds()) {
                return judge(running, tally);
            }
            Thread.sleep(1_000);
        }
        return 0;
    }

    /** The fleet in one line, above the table, which a small terminal cuts at its end. */
    private List<String> shown(List<Seen> seen) {
        SimulatedFleet simulated = fleet;
        List<String> lines = new ArrayList<>();
        if (simulated != null) {
            lines.add(simulated.line());
        }
        lines.addAll(table.lines(seen));
        return lines;
    }

    /** Asks the server for every device, and gives each its first instruction once it was heard. */
    private List<Seen> look(Server running, Tally tally) {
        running.refuseIfEnded();
        List<Seen> all = new ArrayList<>();
        for (AgentProgram agent : agents) {
            JsonObject name = new JsonObject().put("device", agent.station().device());
            Seen seen = new Seen(running.call("device", name));
            tally.saw(seen);
            all.add(seen);
            instruct(running, tally, seen);
        }
        if (!firstValues && tally.anyReported()) {
            firstValues = true;
            terminal.say("  the first values are committed " + since());
        }
        return all;
    }

    /** The first instruction when it was heard, and once that is done a second one: to sample more often from now on. */
    private void instruct(Server running, Tally tally, Seen seen) {
        JsonObject device = new JsonObject().put("device", seen.id());
        if (!tally.hasGiven(seen.id())) {
            if (tally.heard(seen)) {
                JsonObject given = running.call("instruct", device.put("action", "collect"));
                tally.gave(seen.id(), given.getLong("number"));
            }
        } else if (tally.obeyed(seen.id()) && hurried.add(seen.id()) && !seen.wasTold(SAMPLE_OFTEN)) {
            JsonObject set =
                    device.put("action", "set").put("key", "sample.period").put("value", "10");
            JsonObject given = running.call("instruct", set);
            assert given != null;
        }
    }

    private int judge(Server running, Tally tally) {
        List<String> devices =
                agents.stream().map(agent -> agent.station().device()).toList();
        List<String> missing = new ArrayList<>(tally.missing(devices));
        SimulatedFleet simulated = fleet;
        String beside = "";
        if (simulated != null) {
            beside = ", beside " + simulated.summary();
            missing.addAll(simulated.missing());
        }
        terminal.say(tally.summary(devices.size(), running.messages()) + beside);
        for (String reason : missing) {
            terminal.say("FAILED: " + reason + words(reason));
        }
        return missing.isEmpty() ? 0 : 1;
    }

    private String words(String reason) {
        return agents.stream()
                .filter(agent -> reason.startsWith(agent.station().device() + " ")
                        || reason.startsWith(agent.station().device() + "'"))
                .findFirst()
                .map(agent -> "; its agent said: " + agent.lastWords())
                .orElse("");
    }

    /** Such as {@code after 3.2 s}. */
    private String since() {
        return String.format(Locale.ROOT, "after %.1f s", (System.nanoTime() - begun) / 1e9);
    }

    /** Stops agents and instruments first, then the server with its PostgreSQL. */
    void stop() {
        synchronized (agents) {
            if (stopping) {
                return;
            }
            stopping = true;
            SimulatedFleet simulated = fleet;
            if (simulated != null) {
                simulated.stop();
            }
            agents.forEach(AgentProgram::askToStop);
            agents.forEach(AgentProgram::awaitStop);
        }
        Server running = server;
        if (running != null) {
            running.stop();
        }
    }

    boolean isStopping() {
        return stopping;
    }
}
