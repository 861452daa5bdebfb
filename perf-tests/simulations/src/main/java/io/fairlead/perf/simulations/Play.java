package io.fairlead.perf.simulations;

import io.fairlead.perf.fleet.Identities;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One simulation from the server's start to the summary. */
final class Play {
    private static final Duration SAY_EVERY = Duration.ofSeconds(10);
    private static final int MOST_VISITORS = 10;
    private static final int AGENTS_A_VISITOR = 50;
    /** Of a file with public certificates only. */
    private static final String TRUST_PASSWORD = "public";

    private final Wanted wanted;
    private final Path home;
    private final Path results;
    private final List<String> options;
    private final Clock clock;
    private final PrintWriter out;
    private volatile @Nullable GatlingProcess gatling;
    private final long begun = System.nanoTime();

    /**
     * @param home where Fairlead was built
     * @param results folder for reports
     * @param options of the JVMs of server and Gatling
     */
    Play(Wanted wanted, Path home, Path results, List<String> options, Clock clock, PrintWriter out) {
        this.wanted = wanted;
        this.home = home;
        this.results = results;
        this.options = List.copyOf(options);
        this.clock = clock;
        this.out = out;
    }

    /** Whether nothing failed and nothing was lost. The folder of a play that failed is kept. */
    boolean run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("fairlead-perf-");
        // PostgreSQL refuses root and so runs as a user who has to pass here.
        open(folder);
        boolean good = false;
        try (OwnServer server = new OwnServer(home, folder, options)) {
            Thread stop = new Thread(() -> stop(server), "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            try {
                say("a server starts in " + folder);
                server.awaitReady();
                Summary.Played played = on(server, folder);
                new Summary(out).print(played);
                good = played.faults().isEmpty();
            } finally {
                stopIsDone(stop);
            }
        } finally {
            if (good) {
                delete(folder);
            } else {
                say("what was said is in " + folder + "/*.log");
            }
        }
        return good;
    }

    private static void open(Path folder) throws IOException {
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Path opened = Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            assert opened != null;
        }
    }

    /** When the program is told to end: nobody is left behind. */
    private void stop(OwnServer server) {
        GatlingProcess player = gatling;
        if (player != null) {
            player.close();
        }
        server.close();
    }

    private static void stopIsDone(Thread stop) {
        try {
            boolean removed = Runtime.getRuntime().removeShutdownHook(stop);
            assert removed;
        } catch (IllegalStateException stopping) {
            // Then it is the hook that stops.
        }
    }

    /**
     * With a server that answers.
     *
     * @param folder of devices that enrolled at this server, from one play to the next
     */
    Summary.Played on(OwnServer server, Path folder) throws IOException, InterruptedException {
        Path secrets = folder.resolve("player");
        if (!Files.exists(secrets)) {
            secretFolder(secrets);
        }
        Path tally = secrets.resolve("tally");
        boolean other = Files.deleteIfExists(tally);
        assert other || !Files.exists(tally);
        Path trust = secrets.resolve("trust.p12");
        Path told = secrets.resolve("told");
        prepare(server, secrets, trust, tally).write(told);
        long before = server.messages();
        Duration cpu = server.cpu();
        Path log = folder.resolve("gatling.log");
        try (GatlingProcess player =
                new GatlingProcess(wanted.kind(), told, trust, TRUST_PASSWORD, results, log, options)) {
            gatling = player;
            watch(player, server);
            int code = player.code();
            if (code > GatlingProcess.SIGNALLED) {
                throw new Stopped("Gatling was told to end");
            }
            return new Summary.Played(
                    wanted,
                    code,
                    log,
                    player.report(),
                    Tally.read(tally),
                    server.messages() - before,
                    server.cpu().minus(cpu));
        }
    }

    private static void secretFolder(Path folder) throws IOException {
        Path made = Files.createDirectory(folder);
        if (Files.getFileStore(made).supportsFileAttributeView("posix")) {
            Path closed = Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx------"));
            assert closed != null;
        }
    }

    private Told prepare(OwnServer server, Path secrets, Path trust, Path tally)
            throws IOException, InterruptedException {
        Preparation preparation = new Preparation(server.commands(), clock);
        Path folder = secrets.resolve("identities");
        say(wanted.agents() + " agents enrol");
        Identities identities = preparation.devices(folder, wanted.agents(), this::enrolled);
        Preparation.trust(identities, trust, TRUST_PASSWORD);
        List<String> people = List.of();
        String account = "";
        if (wanted.kind().hasPeople()) {
            people = preparation.people(Math.max(1, Math.min(MOST_VISITORS, wanted.agents() / AGENTS_A_VISITOR)));
            account = preparation.account();
        }
        Path visitors = Files.write(secrets.resolve("visitors"), people);
        if (wanted.kind().hasFiles()) {
            preparation.askForFiles(identities);
        }
        return new Told(
                server.agentsUrl(),
                server.peopleUrl(),
                folder,
                wanted.span(),
                wanted.period(),
                visitors,
                account,
                tally);
    }

    private void watch(GatlingProcess player, OwnServer server) throws InterruptedException {
        say("Gatling plays " + wanted.kind().word() + " for " + wanted.span().toSeconds() + " s");
        long told = System.nanoTime();
        while (player.isAlive()) {
            server.mustRun();
            Thread.sleep(100);
            if (System.nanoTime() - told > SAY_EVERY.toNanos()) {
                told = System.nanoTime();
                say("playing");
            }
        }
    }

    private void enrolled(int done, int all) {
        if (done == all || done % 100 == 0) {
            say("  " + done + " of " + all + " enrolled");
        }
    }

    private void say(String what) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - begun) / 1e9, what);
        out.flush();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
