package io.fairlead.system;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real agent: the program as it is installed, kept running by its watchdog. Root starts it as a user who is only a
 * number, as a customer would; anybody else as himself.
 *
 * <pre>
 *   HOME/program/    the jar, lib/ and bin/fairlead-agent
 *   HOME/etc/        site.conf; the agent only reads it
 *   HOME/instrument/ the instrument's log; the agent only reads it
 *   HOME/effects/    where diagnostics leave a trace; the agent's user's own
 *   HOME/data/       the agent's user's own
 * </pre>
 */
final class AgentProcess implements AutoCloseable {
    static final int USER = 62_003;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final Server server;
    private final String device;
    private final Path home;
    private final Path said;
    private final Map<String, String> environment = new HashMap<>();
    private boolean demo = !ROOT;
    private List<String> within = List.of();
    private Process watchdog;

    private AgentProcess(Server server, String device, Path home) {
        this.server = server;
        this.device = device;
        this.home = home;
        this.said = home.resolve("said.txt");
    }

    /** An agent that is installed and enrolled, and not started. */
    static AgentProcess enrolled(Server server, String device, Path home, String site) throws IOException {
        return enrolled(server, device, home, site, Map.of());
    }

    /** The same with more in the environment of all its processes, then and later. */
    static AgentProcess enrolled(Server server, String device, Path home, String site, Map<String, String> environment)
            throws IOException {
        AgentProcess agent = installed(server, device, home, site);
        agent.environment.putAll(environment);
        agent.enrol();
        return agent;
    }

    /** An agent that is installed, and not enrolled yet. */
    static AgentProcess installed(Server server, String device, Path home, String site) throws IOException {
        AgentProcess agent = new AgentProcess(server, device, home);
        agent.install();
        agent.writeSite(site);
        return agent;
    }

    /** A PC with a copy of this one's disk as it is now, not started: the same program and identity, effects of its own. */
    AgentProcess copied(Path to, String site) throws IOException {
        AgentProcess copy = new AgentProcess(server, device, to);
        copy.install();
        copy.writeSite(site);
        Files.delete(copy.data());
        Process process = new ProcessBuilder(
                        "cp", "-a", data().toString(), copy.data().toString())
                .inheritIO()
                .start();
        if (ended(process) != 0) {
            throw new IOException("the disk cannot be copied");
        }
        return copy;
    }

    private void install() throws IOException {
        for (String folder : List.of("program/bin", "program/lib", "etc", "instrument", "effects", "data")) {
            Files.createDirectories(home.resolve(folder));
        }
        Path jar = Programs.agent();
        copy(jar, home.resolve("program"));
        try (Stream<Path> lib = Files.list(jar.resolveSibling("lib"))) {
            for (Path each : lib.toList()) {
                copy(each, home.resolve("program/lib"));
            }
        }
        copy(Programs.root().resolve("agent/src/main/dist/bin/fairlead-agent"), home.resolve("program/bin"));
        Files.writeString(effects(), "");
        if (ROOT) {
            for (String own : List.of("effects", "effects/effects.txt", "data")) {
                Files.setAttribute(home.resolve(own), "unix:uid", USER, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private static void copy(Path file, Path folder) throws IOException {
        Path copy = folder.resolve(file.getFileName());
        byte[] bytes = Files.readAllBytes(file);
        Set<PosixFilePermission> mode =
                PosixFilePermissions.fromString(folder.endsWith("bin") ? "rwxr-xr-x" : "rw-r--r--");
        Files.setPosixFilePermissions(Files.write(copy, bytes), mode);
    }

    /** What the customer says; {@code LOG} and {@code EFFECTS} in it stand for the paths of these files. */
    void writeSite(String text) throws IOException {
        Files.writeString(
                siteFile(),
                text.replace("LOG", log().toString())
                        .replace("EFFECTS", effects().toString()));
    }

    void enrol() throws IOException {
        if (enrol(server.enrolment(device)) != 0) {
            throw new IllegalStateException("the agent does not enrol: " + said());
        }
    }

    /** Enrols with this string and these words more, and answers the exit code. */
    int enrol(String string, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of("enrol", string, "--user", Integer.toString(USER)));
        words.addAll(List.of(more));
        List<String> command = new ArrayList<>(within);
        command.addAll(command(program(), words.toArray(String[]::new)));
        return ended(launch(command));
    }

    /** The same PC, stopped, under another device's name. */
    AgentProcess as(String other) throws IOException {
        stop();
        return new AgentProcess(server, other, home);
    }

    /** The way of one who does not say that he demonstrates: whatever he owns cannot be believed. */
    AgentProcess withoutTheDemosPrivilege() {
        demo = false;
        return this;
    }

    /** From now on it and its commands are started by these words, such as those of a network of its own. */
    AgentProcess within(List<String> words) {
        within = words;
        return this;
    }

    /** Starts the watchdog, which starts the agent. */
    void start() throws IOException {
        List<String> command = new ArrayList<>(within);
        command.addAll(command(program(), "run"));
        watchdog = launch(command);
    }

    /** What a command of the agent's said, and how it ended. */
    record Said(int code, String out, String err) {}

    /** A person at the instrument types {@code fairlead-agent WORDS}, under an account that is only numbers. */
    Said typed(int user, int group, String... words) throws IOException {
        List<String> command = new ArrayList<>(within);
        if (ROOT && user != 0) {
            command.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups"));
        }
        command.addAll(program());
        command.addAll(List.of(words));
        command.addAll(List.of("--data", home.resolve("data").toString()));
        Path out = Files.createTempFile(home, "out", ".txt");
        Path err = Files.createTempFile(home, "err", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("JAVA", Programs.java());
        return new Said(ended(builder.start()), Files.readString(out), Files.readString(err));
    }

    /**
     * From the next start the PC's clock is what {@link #setClock} says, while its monotonic clock goes on; the test is
     * skipped, or fails in CI, where libfaketime is missing.
     */
    AgentProcess withAClockOfItsOwn() throws IOException {
        environment.putAll(FakedClock.environment(clockFile()));
        setClock("+0");
        return this;
    }

    /** Sets the PC's clock, within a second. @param offset from the right time, such as {@code +1d} or {@code -10y} */
    void setClock(String offset) throws IOException {
        FakedClock.set(clockFile(), offset);
    }

    private Path clockFile() {
        return home.resolve("clock");
    }

    Path data() {
        return home.resolve("data");
    }

    /** Runs the agent without its watchdog until it ends by itself, and answers its exit code. */
    int runOnce() throws IOException {
        List<String> as = ROOT
                ? List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--no-new-privs")
                : List.of();
        List<String> command = new ArrayList<>(as);
        Path jar = home.resolve("program").resolve(Programs.agent().getFileName());
        command.addAll(List.of(Programs.java(), "-Xmx32m", "-jar", jar.toString()));
        return ended(launch(command(command, "run")));
    }

    private List<String> program() {
        return List.of(home.resolve("program/bin/fairlead-agent").toString());
    }

    private List<String> command(List<String> program, String... words) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(words));
        command.addAll(List.of(
                "--data", home.resolve("data").toString(), "--site", siteFile().toString()));
        if (demo) {
            command.add("--demo-ordinary-user");
        }
        return command;
    }

    private Process launch(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()));
        builder.environment().put("JAVA", Programs.java());
        builder.environment().put("FAIRLEAD_AGENT_USER", Integer.toString(USER));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static int ended(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The agent's own process, once the watchdog has one. */
    ProcessHandle java() {
        await("the agent's process", () -> found().findFirst().isPresent());
        return found().findFirst().orElseThrow();
    }

    private Stream<ProcessHandle> found() {
        return watchdog.descendants()
                .filter(each -> each.info().command().orElse("").endsWith("/java"));
    }

    /** Everything that the watchdog started, and itself. */
    List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(watchdog.toHandle()), watchdog.descendants())
                .toList();
    }

    /** As {@code kill -9} of the agent; its watchdog is left. */
    void killJava() {
        kill(java());
    }

    /** As {@code kill -9} of watchdog and agent; a program that the agent runs goes on by itself. */
    void kill() {
        List<ProcessHandle> agents = found().toList();
        // The agent first: one whose watchdog is gone is told to stop, and would do so in good order.
        long signalled = agents.stream().filter(ProcessHandle::destroyForcibly).count();
        watchdog.destroyForcibly();
        assert signalled <= agents.size();
        agents.forEach(AgentProcess::kill);
        if (ended(watchdog) == 0) {
            throw new IllegalStateException("the watchdog had ended before it was killed");
        }
    }

    private static void kill(ProcessHandle process) {
        if (process.destroyForcibly()) {
            ProcessHandle gone = process.onExit().join();
            assert !gone.isAlive();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    /** Stops as an operator would; it may be started again. */
    void stop() throws IOException {
        if (watchdog != null && watchdog.isAlive()) {
            watchdog.destroy();
            if (ended(watchdog) != 0) {
                throw new IllegalStateException("the watchdog does not stop as it should: " + said());
            }
        }
    }

    /** Gives an instruction and answers its number. */
    long instruct(String action, String... keysAndValues) throws IOException {
        JsonObject arguments = new JsonObject().put("device", device).put("action", action);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            arguments.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return server.call("instruct", arguments).getLong("number");
    }

    /** An instruction as it has ended, as the command line shows it. */
    JsonObject result(long number) throws IOException {
        JsonObject arguments =
                new JsonObject().put("device", device).put("number", number).put("seconds", 30);
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            JsonObject shown = server.call("watch", arguments);
            if (shown.getBoolean("finished")) {
                return shown;
            }
        }
        throw new AssertionError("instruction " + number + " has no result\n" + story());
    }

    /** Gives an instruction and waits for its end. */
    JsonObject obey(String action, String... keysAndValues) throws IOException {
        return result(instruct(action, keysAndValues));
    }

    /** What the enterprise knows of this device. */
    JsonObject known() throws IOException {
        return server.call("device", new JsonObject().put("device", device));
    }

    /** The instrument writes a line. */
    void writes(String line) throws IOException {
        Files.writeString(log(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    String device() {
        return device;
    }

    Path siteFile() {
        return home.resolve("etc/site.conf");
    }

    private Path log() {
        return home.resolve("instrument/analyser.log");
    }

    Path effects() {
        return home.resolve("effects/effects.txt");
    }

    /** What the customer reads; empty before the first entry. */
    String audit() throws IOException {
        return text(home.resolve("data/audit.log"));
    }

    /** The agent's own log; empty before its first line. */
    String ownLog() throws IOException {
        return text(home.resolve("data/log/agent.0.log"));
    }

    /** What all its processes said. */
    String said() throws IOException {
        return text(said);
    }

    private static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    }

    /** Something that comes true by and by. */
    interface Check {
        boolean holds() throws Exception;
    }

    /** Waits until it holds; how long is no part of any test. */
    void await(String what, Check check) {
        try {
            Instant end = Instant.now().plus(PATIENCE);
            while (!check.holds()) {
                if (Instant.now().isAfter(end)) {
                    throw new AssertionError(what + ": in vain\n" + story());
                }
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalStateException(what, e);
        }
    }

    private String story() throws IOException {
        return said() + audit() + ownLog();
    }
}
