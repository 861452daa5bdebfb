package io.fairlead.perf.compare;

import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.DatabaseSettings;
import io.fairlead.perf.fleet.CommandSocket;
import io.fairlead.perf.fleet.Identities;
import io.fairlead.perf.fleet.Progress;
import io.fairlead.perf.fleet.Registration;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The whole enterprise server as it was built, as a process of its own with its embedded PostgreSQL, which is moved to the core
 * of the load and accounted apart.
 */
public final class ProductServer {
    private static final int TRIES = 900;
    private static final long PAUSE_MILLIS = 100;
    /** As the launcher starts a server. */
    private static final List<String> FLAGS =
            List.of("-Djdk.tls.rejectClientInitiatedRenegotiation=true", "-XX:+ExitOnOutOfMemoryError");

    private final Path data;
    private final Process process;
    private final int people;
    private final int agents;
    private final List<Long> postgres;

    private ProductServer(Path data, Process process, int people, int agents, List<Long> postgres) {
        this.data = data;
        this.process = process;
        this.people = people;
        this.agents = agents;
        this.postgres = postgres;
    }

    /** Starts it with a data folder of the bench, and returns when it answers. */
    static ProductServer start(Bench bench) throws IOException, InterruptedException {
        return start(bench, bench.folder().resolve("fairlead"), List.of());
    }

    /** Ends it, and starts it anew on the same data. */
    public ProductServer again(Bench bench, List<String> flags) throws IOException, InterruptedException {
        bench.end(process);
        return start(bench, data, flags);
    }

    /**
     * Starts one in a folder.
     *
     * @param flags further options for its JVM
     */
    public static ProductServer start(Bench bench, Path data, List<String> flags)
            throws IOException, InterruptedException {
        Path jar = bench.home().resolve("enterprise/target/fairlead-enterprise-0.1.0.jar");
        if (!Files.exists(jar)) {
            throw new CannotMeasure("enterprise/target has no server; ./fairlead build");
        }
        int people = Bench.freePort();
        int agents = Bench.freePort();
        Path config = Files.writeString(bench.folder().resolve("enterprise.conf"), """
                data = "%s"
                people { bind = "127.0.0.1", port = %d, names = ["localhost", "127.0.0.1"], passkeys = "waived" }
                agents { bind = "127.0.0.1", port = %d, names = ["localhost", "127.0.0.1"] }
                tunnels { ports = [] }
                operations { port = 0 }
                """.formatted(data, people, agents));
        List<String> command = new ArrayList<>(List.of(Bench.java()));
        command.add(Usage.LASTING_COMPILERS);
        command.addAll(FLAGS);
        command.addAll(flags);
        command.addAll(bench.productFlags());
        command.addAll(List.of("-jar", jar.toString(), "enterprise", "run", "--config", config.toString()));
        Process process = bench.quiet(Bench.MEASURED, command, bench.folder().resolve("fairlead.log"));
        awaitAnswer(new CommandSocket(data), process, bench.folder().resolve("fairlead.log"));
        List<Long> postgres = Usage.descendants(process.pid());
        Bench.move(postgres, Bench.OTHERS);
        return new ProductServer(data, process, people, agents, postgres);
    }

    private static void awaitAnswer(CommandSocket socket, Process process, Path log)
            throws IOException, InterruptedException {
        for (int tries = 0; tries < TRIES && process.isAlive(); tries++) {
            try {
                JsonObject unused = socket.call("devices", new JsonObject());
                return;
            } catch (IOException notYet) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        throw new IOException("the server does not answer: " + Files.readString(log));
    }

    public long pid() {
        return process.pid();
    }

    public Process process() {
        return process;
    }

    public Path data() {
        return data;
    }

    /** The port of the people's listener. */
    public int people() {
        return people;
    }

    /** The port of the agents' listener. */
    public int agents() {
        return agents;
    }

    public CommandSocket socket() {
        return new CommandSocket(data);
    }

    /** Has one of the devices enrolled here collect, and returns when that is committed. */
    void order(int device) throws IOException {
        JsonObject unused = socket().call(
                        "instruct",
                        new JsonObject().put("device", device(device)).put("action", "collect"));
    }

    /** Seconds of processor time that PostgreSQL has had, those of connections that have ended left out. */
    public double postgresSeconds() throws IOException {
        List<Long> all = new ArrayList<>(Usage.descendants(process.pid()));
        all.addAll(postgres.stream().filter(each -> !all.contains(each)).toList());
        return Usage.seconds(all);
    }

    /** The name of a device that was enrolled here, from 1. */
    static String device(int number) {
        return "perf-%05d".formatted(number);
    }

    /** Enrols so many devices over the wire; their identities are kept in this folder. */
    Identities enrolled(Path folder, int count) throws IOException, InterruptedException {
        List<Registration> devices = IntStream.rangeClosed(1, count)
                .mapToObj(i -> Registration.plain(device(i)))
                .toList();
        return Identities.enrolled(folder, devices, socket(), Progress.silent(), Clock.systemUTC());
    }

    /** Its database, with the passwords of all its roles. */
    public DatabaseSettings database() throws IOException {
        return DatabaseSettings.external(databaseUrl(), new DataFolder(data));
    }

    String databaseUrl() throws IOException {
        try (Stream<Path> all = Files.walk(data.resolve("postgres"), 3)) {
            Path lock = all.filter(each -> each.endsWith("postmaster.pid"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no postmaster.pid below " + data));
            // Its fourth line is the port.
            return "postgresql://127.0.0.1:" + Files.readAllLines(lock).get(3).strip() + "/fairlead?sslmode=disable";
        }
    }
}
