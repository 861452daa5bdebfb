package io.fairlead.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Programs of Debian at an instrument's services, through {@code fairlead connect}, the relay and the agent. */
@EnabledOnOs(OS.LINUX)
class ConnectTest {
    private static final String SITE = """
            services = [
              { name = shell, kind = terminal, command = ["/bin/sh"] }
              { name = login, kind = terminal, port = %1$d, user = "%2$s", host-key = "%3$s", key-file = "%4$s" }
              { name = ssh, kind = raw, port = %1$d }
              { name = database, kind = raw, port = %5$s }
              { name = desktop, kind = rfb, port = %6$d }
            ]
            policy { session = allow }
            """;
    /** Where the desktop's VNC server listens. */
    private static final int DESKTOP = Server.freePorts(1);
    /** The lines by which xev tells of input. */
    private static final Pattern INPUT = Pattern.compile("(KeyPress|ButtonPress|MotionNotify) event");

    private static final String REASON = "ticket 4711";

    private static Folder folder;
    private static Server server;
    private static AgentProcess agent;
    private static Process sshd;
    private static CommandLines lines;

    @BeforeAll
    static void start() throws Exception {
        folder = Folder.make("connect");
        server = Server.start(folder.path().resolve("server"));
        lines = new CommandLines(server, folder.path());
        int port = Server.freePorts(1);
        sshd = sshd(port);
        Path key = folder.path().resolve("agents.key");
        Files.copy(folder.path().resolve("mine"), key);
        if (AgentProcess.ROOT) {
            Files.setAttribute(key, "unix:uid", AgentProcess.USER, LinkOption.NOFOLLOW_LINKS);
        }
        String hostKey = Files.readString(folder.path().resolve("host.pub")).strip();
        String user = System.getProperty("user.name");
        agent = AgentProcess.enrolled(
                server,
                "instrument",
                folder.path().resolve("instrument"),
                SITE.formatted(port, user, hostKey, key, Rows.port(server.data()), DESKTOP));
        agent.start();
    }

    private static Process sshd(int port) throws Exception {
        for (String key : List.of("host", "mine")) {
            assertThat(ended("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", at(key))
                            .code())
                    .isZero();
        }
        Path config = folder.path().resolve("sshd.config");
        Files.writeString(config, """
                ListenAddress 127.0.0.1:%d
                HostKey %s
                AuthorizedKeysFile %s
                PidFile none
                StrictModes no
                UsePAM no
                PermitRootLogin yes
                LogLevel DEBUG1
                """.formatted(port, at("host"), at("mine.pub")));
        if (AgentProcess.ROOT) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        Process started = new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.path().resolve("sshd.log").toFile())
                .start();
        while (!answers(port)) {
            assertThat(started.isAlive()).as("the SSH server").isTrue();
            Thread.sleep(20);
        }
        return started;
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static String at(String file) {
        return folder.path().resolve(file).toString();
    }

    private static CommandLines.Ended ended(String... command) throws Exception {
        return ended(new ProcessBuilder(command));
    }

    private static CommandLines.Ended ended(ProcessBuilder command) throws Exception {
        Path out = Files.createTempFile(folder.path(), "program", ".out");
        Path err = Files.createTempFile(folder.path(), "program", ".err");
        Process process =
                command.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        assertThat(process.waitFor(120, TimeUnit.SECONDS))
                .as(command.command().toString())
                .isTrue();
        return new CommandLines.Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @AfterAll
    static void end() throws Exception {
        if (agent != null) {
            agent.close();
        }
        if (sshd != null) {
            sshd.descendants().forEach(ProcessHandle::destroyForcibly);
            assertThat(sshd.destroyForcibly().waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        if (server != null) {
            server.close();
            folder.close();
        }
    }

    /** As a shell starts it. */
    private static String connect(String arguments) {
        return String.join(
                " ",
                Programs.java(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Programs.enterprise().toAbsolutePath().normalize().toString(),
                "connect",
                arguments,
                "--data",
                server.data().toString());
    }

    /** {@code fairlead connect}, with what is typed until it is shown. */
    private static final class Connected {
        final Process process;
        private final Path out = Files.createTempFile(folder.path(), "connect", ".out");
        private final Path err = Files.createTempFile(folder.path(), "connect", ".err");

        Connected(String... arguments) throws IOException {
            List<String> all = new ArrayList<>(List.of("connect", "instrument"));
            all.addAll(List.of(arguments));
            process = lines.start(out, err, all.toArray(String[]::new));
        }

        void type(String text) throws IOException {
            process.getOutputStream().write(text.getBytes(UTF_8));
            process.getOutputStream().flush();
        }

        String until(Path file, String pattern) {
            Pattern wanted = Pattern.compile(pattern);
            agent.await(pattern, () -> wanted.matcher(text(file)).find());
            Matcher found = wanted.matcher(text(file));
            assertThat(found.find()).isTrue();
            return found.group(found.groupCount());
        }

        String shown(String pattern) {
            return until(out, pattern);
        }

        String said(String pattern) {
            return until(err, pattern);
        }

        int code() throws InterruptedException {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(text(err)).isTrue();
            return process.exitValue();
        }

        String words() {
            return text(err);
        }

        private static String text(Path file) {
            try {
                return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @Test
    void a_terminal_has_a_window_and_ends_with_its_program_and_is_recorded() throws Exception {
        Connected shell = new Connected("shell:terminal", "--stdio", "--reason", REASON);
        shell.type("\u001b[8;50;132t");
        shell.type("tty; stty size; exit\n");
        assertThat(shell.shown("(/dev/pts/\\d+)")).isNotBlank();
        assertThat(shell.shown("(50 132)")).isNotBlank();
        assertThat(shell.code()).as(shell.words()).isZero();
        assertThat(shell.words()).contains("Granted until", "it ends with this", "Over: the other side left");
        JsonArray all = server.call("sessions", new JsonObject()).getJsonArray("sessions");
        assertThat(all.encode()).contains("terminal/shell");
    }

    @Test
    void who_sits_at_a_terminal_has_its_size_there_and_leaves_by_a_key() throws Exception {
        String connect = "stty rows 40 cols 100; " + connect("instrument shell --reason '" + REASON + "'")
                + "; echo code=$?.; stty -a | grep -o ' icanon'";
        Path out = Files.createTempFile(folder.path(), "script", ".out");
        Process script = new ProcessBuilder("script", "-qefc", connect, "/dev/null")
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        script.getOutputStream().write("sleep 1; stty size\n".getBytes(UTF_8));
        script.getOutputStream().flush();
        agent.await("the size", () -> Files.readString(out).contains("40 100"));
        script.getOutputStream().write(new byte[] {0x1D});
        script.getOutputStream().flush();
        assertThat(script.waitFor(120, TimeUnit.SECONDS))
                .as(Files.readString(out))
                .isTrue();
        assertThat(Files.readString(out)).contains("Ctrl-] leaves", "Over: the viewer left", "code=0.", " icanon");
    }

    @Test
    void what_a_terminal_started_ends_with_its_session() throws Exception {
        Connected shell = new Connected("shell:terminal", "--stdio", "--reason", REASON);
        shell.type("trap '' HUP; sleep 600 & echo one=$!.\n");
        long child = Long.parseLong(shell.shown("one=(\\d+)\\."));
        ProcessHandle sleep = ProcessHandle.of(child).orElseThrow();
        String session = shell.said("Session ([0-9a-f]{32}) is asked for");
        assertThat(server.call("sessions.end", new JsonObject().put("id", session)))
                .isNotNull();
        assertThat(sleep.onExit().get(60, TimeUnit.SECONDS)).isNotNull();
        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.words()).contains("Ended: ended by");
    }

    @Test
    void a_log_in_by_ssh_ends_at_the_agent_which_listens_to_nothing() throws Exception {
        Connected login = new Connected("login:terminal", "--stdio", "--reason", REASON);
        login.type("exec sh\nstty size; echo 'six times seven is '$((6*7))\n");
        assertThat(login.shown("(24 80)")).isNotBlank();
        assertThat(login.shown("(seven is 42)")).isNotBlank();
        CommandLines.Ended listeners = ended("ss", "-Hltnp");
        assertThat(agent.processes())
                .isNotEmpty()
                .allSatisfy(one -> assertThat(listeners.out()).doesNotContain("pid=" + one.pid() + ","));
        login.type("exit\n");
        assertThat(login.code()).as(login.words()).isZero();
    }

    @Test
    void a_client_of_a_database_goes_through_a_port_of_its_own() throws Exception {
        Connected way = new Connected("database", "--listen", "0", "--reason", REASON);
        String port = way.said("127\\.0\\.0\\.1:(\\d+)");
        ProcessBuilder psql = new ProcessBuilder(
                "psql",
                "-h",
                "127.0.0.1",
                "-p",
                port,
                "-U",
                "fairlead_owner",
                "-d",
                "fairlead",
                "-Atc",
                "SELECT 6 * 7");
        psql.environment()
                .put(
                        "PGPASSWORD",
                        Files.readString(server.data().resolve("secrets/fairlead_owner.password"))
                                .strip());
        CommandLines.Ended answer = ended(psql);
        assertThat(answer.out().strip()).as(answer.err() + way.words()).isEqualTo("42");
        assertThat(way.code()).as(way.words()).isZero();
    }

    /** An X display with a VNC server; the process is the caller's to end. */
    private static Process display(int port, String size) throws IOException {
        return new ProcessBuilder(
                        "Xvnc",
                        "-displayfd",
                        "1",
                        "-rfbport",
                        String.valueOf(port),
                        "-localhost",
                        "-nolisten",
                        "tcp",
                        "-geometry",
                        size,
                        "-SecurityTypes",
                        "None")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String number(Process display) throws IOException {
        String line = new BufferedReader(new InputStreamReader(display.getInputStream(), UTF_8)).readLine();
        assertThat(line).as("a display").isNotNull();
        return ":" + line;
    }

    private static Process on(String display, Path said, String... command) throws IOException {
        ProcessBuilder program = new ProcessBuilder(command);
        program.environment().put("DISPLAY", display);
        return program.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    }

    private static long inputs(Path events) throws IOException {
        return INPUT.matcher(Files.readString(events)).results().count();
    }

    @Test
    void of_a_native_viewer_that_may_look_only_no_input_reaches_the_desktop() throws Exception {
        List<Process> started = new ArrayList<>();
        try {
            started.add(display(DESKTOP, "800x600"));
            String instrument = number(started.get(0));
            started.add(display(Server.freePorts(1), "1000x800"));
            String own = number(started.get(1));
            Path events = Files.createTempFile(folder.path(), "xev", ".out");
            started.add(on(instrument, events, "xev", "-geometry", "800x600+0+0"));
            agent.await("a window", () -> Files.readString(events).contains("MapNotify"));
            for (String mode : List.of("view", "control")) {
                Connected way = new Connected("desktop:" + mode, "--listen", "0", "--reason", REASON);
                String port = way.said("127\\.0\\.0\\.1:(\\d+)");
                Path said = Files.createTempFile(folder.path(), "viewer", ".out");
                Process viewer = on(own, said, "vncviewer", "127.0.0.1::" + port);
                started.add(viewer);
                agent.await("a picture", () -> typedInto(own) && (mode.equals("view") || inputs(events) > 0));
                // Ten times over what the first round shows in the mode that may type.
                for (int round = 0; round < 10; round++) {
                    assertThat(typedInto(own)).isTrue();
                }
                viewer.destroy();
                assertThat(way.code()).as(way.words()).isZero();
                assertThat(way.words()).containsPattern("[1-9][0-9.]* [a-zA-Z]+ sent");
                if (mode.equals("view")) {
                    assertThat(inputs(events)).as(mode).isZero();
                } else {
                    assertThat(inputs(events)).as(mode).isPositive();
                }
            }
        } finally {
            started.forEach(Process::destroyForcibly);
        }
    }

    /** Moves, clicks and types where the viewer's window is; false while there is none. */
    private static boolean typedInto(String display) {
        try {
            Path out = Files.createTempFile(folder.path(), "xdotool", ".out");
            Process typing = on(
                    display,
                    out,
                    "sh",
                    "-c",
                    "xdotool search --onlyvisible --name TigerVNC > /dev/null && xdotool mousemove 300 300"
                            + " click 1 mousemove 320 310 key a mousemove 310 320 click 1 key b");
            return typing.waitFor(60, TimeUnit.SECONDS) && typing.exitValue() == 0;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void ssh_goes_through_standard_input_and_output() throws Exception {
        String proxy = connect("instrument ssh --stdio --reason '" + REASON + "'");
        Files.writeString(folder.path().resolve("known"), "instrument " + Files.readString(Path.of(at("host.pub"))));
        CommandLines.Ended answer = ended(
                "ssh",
                "-F",
                "none",
                "-o",
                "BatchMode=yes",
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                "UserKnownHostsFile=" + at("known"),
                "-i",
                at("mine"),
                "-o",
                "ProxyCommand=" + proxy,
                "instrument",
                "echo six times seven is $((6*7))");
        assertThat(answer.out().strip()).as(answer.err()).isEqualTo("six times seven is 42");
        assertThat(answer.code()).isZero();
    }

    @Test
    void what_cannot_be_is_said_in_words() throws Exception {
        Connected none = new Connected("unnamed", "--stdio", "--reason", REASON);
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.words()).contains("Not granted: REFUSED, site.conf names no service unnamed");
        Connected silent = new Connected("database:view", "--stdio");
        assertThat(silent.code()).isEqualTo(1);
        assertThat(silent.words()).contains("--reason");
        Connected both = new Connected("database", "--stdio", "--listen", "0");
        assertThat(both.code()).isEqualTo(2);
    }
}
