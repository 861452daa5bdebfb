package io.fairlead.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.recording.Forger;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Programs of Debian at an instrument's services, through {@code fairlead connect}, the relay and the agent. */
@EnabledOnOs(OS.LINUX)
class ConnectTest {
    private static final String REASON = ConnectSite.REASON;
    private static final int EDITS = 1_000;

    private static final ConnectSite SITE = new ConnectSite();
    private static Server server;
    private static AgentProcess agent;

    @BeforeAll
    static void start() throws Exception {
        SITE.start();
        server = SITE.server();
        agent = SITE.agent();
    }

    @AfterAll
    static void end() throws Exception {
        SITE.close();
    }

    @Test
    void a_terminal_has_a_window_and_ends_with_its_program_and_is_recorded() throws Exception {
        Connected shell = SITE.connect("shell:terminal", "--stdio", "--reason", REASON);
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
        String connect = "stty rows 40 cols 100; " + SITE.line("instrument shell --reason '" + REASON + "'")
                + "; echo code=$?.; stty -a | grep -o ' icanon'";
        Path out = Files.createTempFile(SITE.folder(), "script", ".out");
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
        Connected shell = SITE.connect("shell:terminal", "--stdio", "--reason", REASON);
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
        Connected login = SITE.connect("login:terminal", "--stdio", "--reason", REASON);
        login.type("exec sh\nstty size; echo 'six times seven is '$((6*7))\n");
        assertThat(login.shown("(24 80)")).isNotBlank();
        assertThat(login.shown("(seven is 42)")).isNotBlank();
        CommandLines.Ended listeners = SITE.ended("ss", "-Hltnp");
        assertThat(agent.processes())
                .isNotEmpty()
                .allSatisfy(one -> assertThat(listeners.out()).doesNotContain("pid=" + one.pid() + ","));
        login.type("exit\n");
        assertThat(login.code()).as(login.words()).isZero();
    }

    @Test
    void a_client_of_a_database_goes_through_a_port_of_its_own() throws Exception {
        Connected way = SITE.connect("database", "--listen", "0", "--reason", REASON);
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
        CommandLines.Ended answer = SITE.ended(psql);
        assertThat(answer.out().strip()).as(answer.err() + way.words()).isEqualTo("42");
        assertThat(way.code()).as(way.words()).isZero();
    }

    @Test
    void of_a_native_viewer_that_may_look_only_no_input_reaches_the_desktop() throws Exception {
        try (NativeDesktops desktops = new NativeDesktops(SITE.folder())) {
            String instrument = desktops.display(SITE.desktop(), "800x600");
            String own = desktops.display(Server.freePorts(1), "1000x800");
            Path events = Files.createTempFile(SITE.folder(), "xev", ".out");
            Process xev = desktops.on(instrument, events, "xev", "-geometry", "800x600+0+0");
            assertThat(xev.isAlive()).isTrue();
            agent.await("a window", () -> Files.readString(events).contains("MapNotify"));
            for (String mode : List.of("view", "control")) {
                Connected way = SITE.connect("desktop:" + mode, "--listen", "0", "--reason", REASON);
                String port = way.said("127\\.0\\.0\\.1:(\\d+)");
                Path said = Files.createTempFile(SITE.folder(), "viewer", ".out");
                Process viewer = desktops.on(own, said, "vncviewer", "127.0.0.1::" + port);
                agent.await(
                        "a picture",
                        () -> desktops.typedInto(own) && (mode.equals("view") || NativeDesktops.inputs(events) > 0));
                // Ten times over what the first round shows in the mode that may type.
                for (int round = 0; round < 10; round++) {
                    assertThat(desktops.typedInto(own)).isTrue();
                }
                viewer.destroy();
                assertThat(way.code()).as(way.words()).isZero();
                assertThat(way.words()).containsPattern("[1-9][0-9.]* [a-zA-Z]+ sent");
                if (mode.equals("view")) {
                    assertThat(NativeDesktops.inputs(events)).as(mode).isZero();
                } else {
                    assertThat(NativeDesktops.inputs(events)).as(mode).isPositive();
                }
            }
        }
    }

    @Test
    void ssh_goes_through_standard_input_and_output() throws Exception {
        String proxy = SITE.line("instrument ssh --stdio --reason '" + REASON + "'");
        Files.writeString(
                SITE.folder().resolve("known"), "instrument " + Files.readString(Path.of(SITE.at("host.pub"))));
        CommandLines.Ended answer = SITE.ended(
                "ssh",
                "-F",
                "none",
                "-o",
                "BatchMode=yes",
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                "UserKnownHostsFile=" + SITE.at("known"),
                "-i",
                SITE.at("mine"),
                "-o",
                "ProxyCommand=" + proxy,
                "instrument",
                "echo six times seven is $((6*7))");
        assertThat(answer.out().strip()).as(answer.err()).isEqualTo("six times seven is 42");
        assertThat(answer.code()).isZero();
    }

    @Test
    void what_cannot_be_is_said_in_words() throws Exception {
        Connected none = SITE.connect("unnamed", "--stdio", "--reason", REASON);
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.words()).contains("Not granted: REFUSED, site.conf names no service unnamed");
        Connected silent = SITE.connect("database:view", "--stdio");
        assertThat(silent.code()).isEqualTo(1);
        assertThat(silent.words()).contains("--reason");
        Connected both = SITE.connect("database", "--stdio", "--listen", "0");
        assertThat(both.code()).isEqualTo(2);
    }

    /** Whoever owns the server writes recordings as he likes; the agent's signatures, and the customer's copy, tell. */
    @Test
    void a_thousand_changes_to_a_recording_by_who_has_all_the_servers_keys_are_found() throws Exception {
        Connected shell = SITE.connect("shell:terminal", "--stdio", "--reason", REASON);
        shell.type("\u001b[8;50;132t");
        for (int i = 1; i <= 12; i++) {
            shell.type("echo line " + i + " is $((" + i + " * " + i + "))\n");
            assertThat(shell.shown("(line " + i + " is " + i * i + ")")).isNotBlank();
        }
        String session = shell.said("Session ([0-9a-f]{32}) is asked for");
        shell.type("exit\n");
        assertThat(shell.code()).as(shell.words()).isZero();
        String stream = Rows.value(server, "SELECT id FROM remote_stream WHERE session = '" + session + "'");
        Path recorded = server.data().resolve("recordings/" + stream + ".flr");
        agent.await("the recording", () -> Files.exists(recorded));
        Path copy = agent.data().resolve("transcripts/" + session + "-" + stream + ".transcript");

        Forger forger = new Forger(server.data(), ConnectSite.DEVICE, session, stream, copy);
        assertThat(forger.unchanged()).isEqualTo("WHOLE");
        assertThat(forger.unnoticed(EDITS)).isEmpty();
        assertThat(forger.unnoticedExchanges(EDITS / 4)).isEmpty();
        assertThat(forger.unnoticedCuts()).isEmpty();

        forger.leavesOne();
        CommandLines.Ended told = new CommandLines(server, SITE.folder())
                .run("recordings", "verify", stream, "--transcript", copy.toString());
        assertThat(told.code()).as(told.err()).isEqualTo(1);
        assertThat(told.out()).contains("bytes to the viewer are not those that the agent sent");
    }
}
