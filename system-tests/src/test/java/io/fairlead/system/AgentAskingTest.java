package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** An instruction that the customer wants to be asked about, and people of that PC who may answer, and who may not. */
@EnabledOnOs(OS.LINUX)
class AgentAskingTest {
    private static final int GROUP = AgentProcess.USER;
    private static final int APPROVER = 62_010;
    private static final int STRANGER = 62_011;
    private static final String SITE = """
            diagnostics = [{ name = mark, command = ["/bin/sh", "-c", "echo marked >> 'EFFECTS'"] }]
            policy { diagnose = ask, restart = ask, restart-hours = "HOURS" }
            approvers { group = "%d" }
            """.formatted(GROUP);
    private static final String NEVER = "03:00-03:01";

    private static Folder folder;
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(AgentProcess.ROOT, "root is missing: an ordinary user has no other accounts to answer with");
        folder = Folder.make("agent-asking");
        server = Server.start(folder.path().resolve("server"));
    }

    @AfterAll
    static void end() throws Exception {
        if (server != null) {
            server.close();
            folder.close();
        }
    }

    private static AgentProcess agent(String device) throws Exception {
        AgentProcess agent =
                AgentProcess.enrolled(server, device, folder.path().resolve(device), SITE.replace("HOURS", NEVER));
        agent.withAClockOfItsOwn().start();
        return agent;
    }

    private static JsonObject question(AgentProcess agent) {
        agent.await("a question", () -> !shown(agent).isEmpty());
        return shown(agent).getJsonObject(0);
    }

    private static JsonArray shown(AgentProcess agent) {
        try {
            AgentProcess.Said said = agent.typed(APPROVER, GROUP, "questions", "--json");
            return said.code() == 0 ? new JsonArray(said.out()) : new JsonArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What an account can read or write of all that the agent has, whose names it is told. */
    private static List<String> reach(AgentProcess agent, int user, int group) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + user,
                "--regid=" + group,
                "--clear-groups",
                "sh",
                "-c",
                "for f; do [ -r \"$f\" ] && echo r ${f##*/}; [ -w \"$f\" ] && echo w ${f##*/}; done; true",
                "sh"));
        try (Stream<Path> all = Files.walk(agent.data())) {
            all.forEach(each -> command.add(each.toString()));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                // The socket is there for it, and the status for every account of the PC.
                .filter(line -> !List.of("r agent.sock", "r status.json").contains(line))
                .toList();
        assertThat(process.waitFor()).isZero();
        return lines;
    }

    private static List<String> effects(AgentProcess agent) throws IOException {
        return Files.readAllLines(agent.effects());
    }

    @Test
    void what_is_to_be_asked_is_done_when_an_approver_agrees_and_nobody_else_is_heard() throws Exception {
        try (AgentProcess agent = agent("asked")) {
            long number = agent.instruct("diagnose", "name", "mark");
            JsonObject question = question(agent);
            String id = question.getString("id");
            assertThat(question.getString("what")).startsWith("run the diagnostic mark: /bin/sh -c echo marked");

            AgentProcess.Said stranger = agent.typed(STRANGER, STRANGER, "approve", id);
            assertThat(stranger.code()).isEqualTo(1);
            assertThat(stranger.err()).contains("this account may not enter", "approvers.group");
            for (int account : List.of(0, AgentProcess.USER)) {
                AgentProcess.Said refused = agent.typed(account, GROUP, "approve", id);
                assertThat(refused.code()).isEqualTo(3);
                assertThat(refused.err()).contains("answers only where site.conf's approvers.people names it");
            }
            assertThat(agent.typed(APPROVER, GROUP, "approve", "XXXX").code()).isEqualTo(3);
            // Meanwhile the agent hears of what comes next, and waits with it.
            long next = agent.instruct("collect");
            agent.await("the next is journaled", () -> agent.audit().contains("instruction.received number=" + next));
            assertThat(effects(agent)).isEmpty();

            assertThat(reach(agent, APPROVER, GROUP)).containsExactly("w agent.sock");
            assertThat(reach(agent, STRANGER, STRANGER)).isEmpty();

            AgentProcess.Said yes = agent.typed(APPROVER, GROUP, "approve", id);

            assertThat(yes.code()).as(yes.err()).isZero();
            assertThat(agent.result(number).getString("state")).isEqualTo("DONE");
            assertThat(agent.result(next).getString("state")).isEqualTo("DONE");
            assertThat(effects(agent)).containsExactly("marked");
            assertThat(agent.audit())
                    .contains("consent.asked id=" + id + " action=diagnose", "consent.stranger account=root")
                    .contains("consent.approved id=" + id + " answer=approved approver=" + APPROVER
                            + " account=ORDINARY");
            assertThat(agent.result(number).encode()).doesNotContain(String.valueOf(APPROVER));
        }
    }

    @Test
    void a_no_and_a_minute_of_silence_are_refused_and_outside_the_hours_nobody_is_asked() throws Exception {
        try (AgentProcess agent = agent("declined")) {
            long declined = agent.instruct("diagnose", "name", "mark");
            assertThat(agent.typed(APPROVER, GROUP, "decline", question(agent).getString("id"))
                            .code())
                    .isZero();
            assertThat(agent.result(declined).getString("state")).isEqualTo("REFUSED");
            assertThat(agent.result(declined).getString("detail")).isEqualTo("declined at the instrument");

            long silent = agent.instruct("diagnose", "name", "mark");
            String id = question(agent).getString("id");
            agent.setClock("+61s");
            JsonObject result = agent.result(silent);
            assertThat(result.getString("state")).isEqualTo("REFUSED");
            assertThat(result.getString("detail")).isEqualTo("nobody answered at the instrument within 60 s");
            AgentProcess.Said late = agent.typed(APPROVER, GROUP, "approve", id);
            assertThat(late.code()).isEqualTo(3);
            assertThat(late.err()).contains(id + " has ended: nobody answered", "This changes nothing.");

            assertThat(agent.obey("restart").getString("detail")).contains("allows restart from " + NEVER + " only");
            assertThat(agent.audit()).doesNotContain("action=restart");
            assertThat(effects(agent)).isEmpty();
        }
    }

    @Test
    void an_agent_that_is_killed_while_it_asks_never_does_it() throws Exception {
        try (AgentProcess agent = agent("killed")) {
            long number = agent.instruct("diagnose", "name", "mark");
            String id = question(agent).getString("id");

            agent.killJava();

            JsonObject result = agent.result(number);
            assertThat(result.getString("state")).isEqualTo("INTERRUPTED");
            assertThat(agent.typed(APPROVER, GROUP, "approve", id).code()).isEqualTo(3);
            assertThat(agent.typed(APPROVER, GROUP, "questions").out()).isEqualTo("No questions.\n");
            assertThat(effects(agent)).isEmpty();
        }
    }
}
