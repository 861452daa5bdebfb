package io.fairlead.perf.compare;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An agent at rest: enrolled, its poll parked, the PC and two log files of an instrument watched, a sample a minute. It is
 * started by its own watchdog as at a site, on the small Java that it makes there, and the watchdog is measured with it.
 */
final class AgentRow implements Row {
    private static final int MILLIS = 120_000;
    /** Its JVM gives back free memory each minute. */
    private static final int SETTLING_MILLIS = 90_000;

    private static final String DIST = "agent/src/main/dist/bin";
    private static final String NOBODY = "65534";
    private static final Goal MEMORY = Goal.atMost(64);
    private static final Goal CPU = Goal.atMost(0.2);
    private static final String MEMORY_TEXT = "memory of an agent at rest, MB (RSS)";
    private static final String CPU_TEXT = "processor of an agent at rest, % of a core over two minutes";

    @Override
    public String name() {
        return "6";
    }

    @Override
    public String title() {
        return "an agent at rest";
    }

    @Override
    public List<Finding> missing(String whyNot) {
        return List.of(
                Finding.missing("6a", MEMORY_TEXT, MEMORY, whyNot), Finding.missing("6b", CPU_TEXT, CPU, whyNot));
    }

    @Override
    public Measurement measure(Bench bench, Effort effort) throws Exception {
        if (!Bench.has("setpriv")) {
            throw new CannotMeasure("setpriv is not installed (Debian: util-linux)");
        }
        ProductServer server = ProductServer.start(bench);
        Path folder = Files.createDirectory(bench.folder().resolve("agent"));
        Path jar = readable(bench, folder);
        Path java = runtime(bench, folder).resolve("bin/java");
        Path site = Files.writeString(folder.resolve("site.conf"), site(server, folder));
        List<String> files = List.of("--data", folder.resolve("data").toString(), "--site", site.toString());
        enrol(bench, server, command(bench, java, jar, List.of("enrol", "-"), files));
        Path log = bench.folder().resolve("agent.log");
        Process watchdog =
                bench.quiet(Bench.OTHERS, command(bench, java, jar, List.of("run", "--console"), files), log);
        Thread.sleep(effort.of(SETTLING_MILLIS));
        List<Round> memory = new ArrayList<>();
        List<Round> cpu = new ArrayList<>();
        double own = 0;
        for (int round = 0; round < effort.rounds(); round++) {
            List<Long> processes = processes(watchdog);
            double before = Usage.seconds(processes);
            long from = System.nanoTime();
            Thread.sleep(effort.of(MILLIS));
            double seconds = (System.nanoTime() - from) / 1e9;
            if (processes.size() < 2 || !processes(watchdog).equals(processes)) {
                throw new IOException("the agent ended: " + Files.readString(log));
            }
            double megabytes = 0;
            own = 0;
            for (long each : processes) {
                megabytes += Usage.megabytes(each);
                own += Usage.ownMegabytes(each);
            }
            memory.add(new Round(megabytes, Double.NaN));
            cpu.add(new Round((Usage.seconds(processes) - before) / seconds * 100, Double.NaN));
        }
        return new Measurement(
                List.of(
                        Finding.measured("6a", MEMORY_TEXT, "", Judged.ALONE, MEMORY, memory),
                        Finding.measured("6b", CPU_TEXT, "", Judged.ALONE, CPU, cpu)),
                List.of(
                        "The agent, on the Java that bin/make-runtime makes, and its watchdog, a shell, on the second core, from a minute and a half after their start;"
                                + " the figures of all rounds are of the same processes. At last " + Numbers.text(own)
                                + " MB were their own and the rest in files, such as the program and the JDK. The operating system counts in steps of 10"
                                + " ms, which are 0.008 % of two minutes."));
    }

    /** The watchdog, and the agent below it. */
    private static List<Long> processes(Process watchdog) throws IOException {
        List<Long> all = new ArrayList<>(Usage.descendants(watchdog.pid()));
        all.add(watchdog.pid());
        return all;
    }

    /** The program where everybody may read it: a checkout below /root is closed to others. */
    private static Path readable(Bench bench, Path folder) throws IOException {
        Path built = bench.home().resolve("agent/target");
        if (!Files.exists(built.resolve("fairlead-agent-0.1.0.jar"))) {
            throw new CannotMeasure("agent/target has no agent; ./fairlead build");
        }
        Path lib = Files.createDirectory(folder.resolve("lib"));
        try (var all = Files.list(built.resolve("lib"))) {
            for (Path each : all.toList()) {
                Path copied = Files.copy(each, lib.resolve(each.getFileName()));
                assert copied != null;
            }
        }
        return Files.copy(built.resolve("fairlead-agent-0.1.0.jar"), folder.resolve("fairlead-agent-0.1.0.jar"));
    }

    /**
     * Its small Java, made as a site makes it, and to be read from the disk as after a start of the PC: of a file that has just
     * been written Linux holds larger pieces in memory, and counts each whole.
     */
    private static Path runtime(Bench bench, Path folder) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("java.home"));
        Path runtime = folder.resolve("runtime");
        Path log = bench.folder().resolve("runtime.log");
        String make = bench.home().resolve(DIST).resolve("make-runtime").toString();
        for (List<String> command : List.of(
                List.of("env", "JAVA_HOME=" + home, make, runtime.toString()),
                List.of("sync", "-f", runtime.toString()),
                List.of(
                        "find",
                        runtime.toString(),
                        "-type",
                        "f",
                        "-exec",
                        "dd",
                        "if={}",
                        "iflag=nocache",
                        "count=0",
                        ";"))) {
            if (bench.quiet(Bench.OTHERS, command, log).waitFor() != 0) {
                throw new CannotMeasure("the agent's small Java cannot be made: "
                        + Files.readString(log).strip().lines().reduce("", (before, last) -> last));
            }
        }
        return runtime;
    }

    private static String site(ProductServer server, Path folder) throws IOException {
        Path instrument = Files.createDirectory(folder.resolve("instrument"));
        for (String name : List.of("service.log", "error.log")) {
            Path log = Files.writeString(instrument.resolve(name), "started\n");
            assert log != null;
        }
        return """
                servers = ["localhost:%d"]
                pc { enabled = true, disks = ["/"] }
                logs = [
                  { name = service, path = "%s/service.log", patterns = [{ match = "lamp (?<value>[0-9]+)", kind = value, item = lamp }] }
                  { name = error, path = "%s/error.log", patterns = [{ match = "E-[0-9]+ (?<value>[0-9]+)", kind = value, item = error }] }
                ]
                """.formatted(server.agents(), instrument, instrument);
    }

    private static void enrol(Bench bench, ProductServer server, List<String> command)
            throws IOException, InterruptedException {
        String code = server.socket()
                .call(
                        "enrol",
                        new JsonObject()
                                .put("device", "REST-1")
                                .put("customer", "Fleet hospital")
                                .put("site", "Laboratory")
                                .put("region", "eu")
                                .put("model", "Analyser 3")
                                .put("serial", "4711"))
                .getString("enrolment");
        Path log = bench.folder().resolve("enrol.log");
        Process enrolling = bench.quiet(Bench.OTHERS, command, log);
        try (OutputStream in = enrolling.getOutputStream()) {
            in.write((code + "\n").getBytes(StandardCharsets.UTF_8));
        }
        if (enrolling.waitFor() != 0) {
            throw new IOException("the agent does not enrol: " + Files.readString(log));
        }
    }

    /** By the watchdog; where root asks, which runs no agent, as somebody who owns nothing but its data. */
    private static List<String> command(Bench bench, Path java, Path jar, List<String> what, List<String> files) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "FAIRLEAD_AGENT_USER=" + NOBODY,
                "FAIRLEAD_AGENT_JAR=" + jar,
                "FAIRLEAD_JAVA_OPTS=",
                "JAVA=" + java,
                bench.home().resolve(DIST).resolve("fairlead-agent").toString()));
        command.addAll(what);
        command.addAll(files);
        if (!"root".equals(System.getProperty("user.name"))) {
            command.add("--demo-ordinary-user");
        }
        return command;
    }
}
