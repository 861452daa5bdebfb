package io.fairlead.perf.compare;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An agent at rest: enrolled, its poll parked, the PC and two log files of an instrument watched, a sample a minute. Started
 * with the flags of its own watchdog.
 */
final class AgentRow implements Row {
    private static final int MILLIS = 120_000;
    private static final int SETTLING_MILLIS = 60_000;
    private static final int NOBODY = 65_534;
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
        ProductServer server = ProductServer.start(bench);
        Path folder = Files.createDirectory(bench.folder().resolve("agent"));
        Path jar = readable(bench, folder);
        Path site = Files.writeString(folder.resolve("site.conf"), site(server, folder));
        Path data = Files.createDirectory(folder.resolve("data"));
        give(data);
        enrol(bench, server, jar, site, data);
        Process agent = bench.quiet(
                Bench.OTHERS,
                command(bench, jar, "run", "--console", "--data", data.toString(), "--site", site.toString()),
                bench.folder().resolve("agent.log"));
        Thread.sleep(effort.of(SETTLING_MILLIS));
        List<Round> memory = new ArrayList<>();
        List<Round> cpu = new ArrayList<>();
        for (int round = 0; round < effort.rounds(); round++) {
            double before = Usage.seconds(agent.pid());
            long from = System.nanoTime();
            Thread.sleep(effort.of(MILLIS));
            double seconds = (System.nanoTime() - from) / 1e9;
            if (!agent.isAlive()) {
                throw new IOException(
                        "the agent ended: " + Files.readString(bench.folder().resolve("agent.log")));
            }
            memory.add(new Round(Usage.megabytes(agent.pid()), Double.NaN));
            cpu.add(new Round((Usage.seconds(agent.pid()) - before) / seconds * 100, Double.NaN));
        }
        return new Measurement(
                List.of(
                        Finding.measured("6a", MEMORY_TEXT, "", Judged.ALONE, MEMORY, memory),
                        Finding.measured("6b", CPU_TEXT, "", Judged.ALONE, CPU, cpu)),
                List.of(
                        "On the second core, a minute after its start; the figures of later rounds are of the same process. The"
                                + " operating system counts in steps of 10 ms, which are 0.008 % of two minutes."));
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

    /** As root the agent runs as somebody who owns nothing but its data: root does not run it. */
    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void give(Path data) throws IOException {
        if (root()) {
            Path given = Files.setAttribute(data, "unix:uid", NOBODY);
            Path same = Files.setAttribute(data, "unix:gid", NOBODY);
            assert given.equals(same);
        }
        Path closed = Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        assert closed != null;
    }

    private static void enrol(Bench bench, ProductServer server, Path jar, Path site, Path data)
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
        Process enrolling = bench.quiet(
                Bench.OTHERS,
                command(bench, jar, "enrol", "-", "--data", data.toString(), "--site", site.toString()),
                log);
        try (OutputStream in = enrolling.getOutputStream()) {
            in.write((code + "\n").getBytes(StandardCharsets.UTF_8));
        }
        if (enrolling.waitFor() != 0) {
            throw new IOException("the agent does not enrol: " + Files.readString(log));
        }
    }

    private static List<String> command(Bench bench, Path jar, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("env", "MALLOC_ARENA_MAX=1"));
        if (root()) {
            command.addAll(List.of(
                    "setpriv",
                    "--reuid",
                    Integer.toString(NOBODY),
                    "--regid",
                    Integer.toString(NOBODY),
                    "--clear-groups",
                    "--no-new-privs"));
        }
        command.add(Bench.java());
        command.addAll(flags(bench.home()));
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        if (!root()) {
            command.add("--demo-ordinary-user");
        }
        return command;
    }

    /** Those of the watchdog, which is a script: this row measures what sites run. */
    private static List<String> flags(Path home) throws IOException {
        String script = Files.readString(home.resolve("agent/src/main/dist/bin/fairlead-agent"));
        Matcher flags = Pattern.compile("(?m)^flags='([^']+)'").matcher(script);
        if (!flags.find()) {
            throw new IOException("the agent's watchdog has no flags any more");
        }
        return List.of(flags.group(1).trim().split("\\s+", -1));
    }
}
