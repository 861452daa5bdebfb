package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** An agent that is killed, and one whose server is: no line of the instrument is lost, and nothing is done twice. */
@EnabledOnOs(OS.LINUX)
class AgentFaultsTest {
    private static final int KILLS = Boolean.getBoolean("fairlead.long") ? 40 : 10;
    private static final int LINES = 40;
    private static final String LOG = """
            logs = [{
              name = analyser
              path = "LOG"
              from = start
              patterns = [{ match = "STEP (?<text>[0-9]+)", kind = event, code = step }]
            }]
            """;

    private static Folder folder;
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        folder = Folder.make("agent-faults");
        server = Server.start(folder.path().resolve("server"));
    }

    @AfterAll
    static void end() throws Exception {
        try (Folder last = folder;
                Server first = server) {
            assertThat(List.of(last, first)).hasSize(2);
        }
    }

    @Test
    void a_killed_agent_is_brought_back_by_its_watchdog_and_no_line_is_lost() throws Exception {
        try (AgentProcess agent = agent("killed", LOG)) {
            agent.start();
            assertThat(agent.obey("set", "key", "events.per-minute", "value", "600")
                            .getString("state"))
                    .isEqualTo("DONE");
            for (int line = 1; line <= LINES; line++) {
                agent.writes("STEP " + line);
                // The agent looks once a second: kills fall between lines that it has seen and lines that it has not.
                Thread.sleep(100);
                if (line % 15 == 0) {
                    long killed = agent.java().pid();
                    agent.killJava();
                    agent.await("another process", () -> agent.java().pid() != killed);
                }
            }

            // Its result comes after everything that was seen before.
            assertThat(agent.obey("collect").getString("state")).isEqualTo("DONE");
            agent.await("every line", () -> distinctSteps(agent) == LINES);
            assertThat(agent.said()).contains("watchdog=restart code=137");
            assertNothingTwiceAndNoGap(agent);
        }
    }

    @Test
    void no_instruction_runs_twice_however_often_the_agent_is_killed() throws Exception {
        try (AgentProcess agent = agent("marked", marks())) {
            agent.start();
            for (int kill = 1; kill <= KILLS; kill++) {
                long number = agent.instruct("diagnose", "name", "mark-" + kill);
                Step step = Step.values()[kill % Step.values().length];
                agent.await(step + " of " + number, () -> step.passed(agent, number));
                agent.kill();
                agent.start();

                JsonObject result = agent.result(number);
                assertThat(result.getString("state")).as("%s", result).isIn("DONE", "INTERRUPTED", "EXPIRED");
            }
            // The last program that a killed agent left behind has written by the time another one has.
            assertThat(agent.obey("diagnose", "name", "mark-0").getString("state"))
                    .isEqualTo("DONE");

            List<String> effects = Files.readAllLines(agent.effects());
            assertThat(effects).doesNotHaveDuplicates().contains("mark-0");
            for (int kill = 1; kill <= KILLS; kill++) {
                JsonObject result = agent.result(kill);
                if (result.getString("state").equals("DONE")) {
                    assertThat(effects).contains("mark-" + kill);
                }
            }
            assertNothingTwiceAndNoGap(agent);
        }
    }

    @Test
    void what_was_seen_while_the_server_was_down_arrives_afterwards_in_order() throws Exception {
        try (AgentProcess agent = agent("patient", LOG)) {
            agent.start();
            agent.writes("STEP 1");
            assertThat(agent.obey("collect").getString("state")).isEqualTo("DONE");
            agent.await("the line before", () -> distinctSteps(agent) == 1);

            server.kill9();
            for (int line = 2; line <= 11; line++) {
                agent.writes("STEP " + line);
                // A look of the agent's is a second; what two looks find goes in two messages.
                Thread.sleep(600);
            }
            server.startAgain();
            agent.writes("STEP 12");
            assertThat(agent.obey("collect").getString("state")).isEqualTo("DONE");

            agent.await("every line", () -> distinctSteps(agent) == 12);
            assertThat(steps(agent)).isEqualTo(",1,2,3,4,5,6,7,8,9,10,11,12,");
            assertNothingTwiceAndNoGap(agent);
            assertThat(Rows.value(server, """
                    SELECT count(*) FROM (
                        SELECT received_at < lag(received_at) OVER (ORDER BY sequence)
                            OR observed_at < lag(observed_at) OVER (ORDER BY sequence) AS backwards
                          FROM status_message WHERE device = 'patient') AS neighbours
                     WHERE backwards
                    """)).isEqualTo("0");
            assertThat(agent.audit()).contains("link.down", "link.up");
        }
    }

    /** Where a kill strikes: as soon as the customer's audit, or the effect, shows that an instruction got so far. */
    private enum Step {
        RECEIVED("instruction.received"),
        BEGUN("instruction.begun"),
        EFFECT("") {
            @Override
            boolean passed(AgentProcess agent, long number) throws Exception {
                return Files.readAllLines(agent.effects()).contains("mark-" + number);
            }
        },
        FINISHED("instruction.finished"),
        REPORTED("instruction.reported");

        private final String code;

        Step(String code) {
            this.code = code;
        }

        boolean passed(AgentProcess agent, long number) throws Exception {
            return agent.audit().contains(" " + code + " number=" + number + " ");
        }
    }

    /** Diagnostics that each leave a line of their own, with time before and after it to be killed in. */
    private static String marks() {
        StringBuilder site = new StringBuilder("diagnostics = [\n");
        for (int mark = 0; mark <= KILLS; mark++) {
            site.append("{ name = mark-").append(mark);
            site.append(", command = [\"/bin/sh\", \"-c\", \"sleep 0.3; echo mark-")
                    .append(mark);
            site.append(" >> 'EFFECTS'; sleep 0.3\"] }\n");
        }
        return site.append("]\n").toString();
    }

    private static AgentProcess agent(String device, String site) throws Exception {
        return AgentProcess.enrolled(server, device, folder.path().resolve(device), site);
    }

    /** The numbers of the lines that arrived, in the order in which they were seen, as {@code ,1,2,3,}. */
    private static String steps(AgentProcess agent) throws Exception {
        return "," + Rows.value(server, """
                SELECT coalesce(string_agg(text, ',' ORDER BY observed_at, text::int), '')
                  FROM event WHERE code = 'step' AND device = '%s'
                """.formatted(agent.device())) + ",";
    }

    private static int distinctSteps(AgentProcess agent) throws Exception {
        return Integer.parseInt(Rows.value(
                server,
                "SELECT count(DISTINCT text) FROM event WHERE code = 'step' AND device = '" + agent.device() + "'"));
    }

    /** One spool from the first message to the last, each of them stored once. */
    private static void assertNothingTwiceAndNoGap(AgentProcess agent) throws Exception {
        String[] counts = Rows.value(server, """
                SELECT count(*) || ' ' || count(DISTINCT sequence) || ' ' || min(sequence) || ' ' || max(sequence)
                       || ' ' || count(DISTINCT epoch) || ' '
                       || (SELECT string_agg(last_seq::text, '+') FROM device_stream WHERE device = '%1$s')
                  FROM status_message WHERE device = '%1$s'
                """.formatted(agent.device())).split(" ", -1);
        String stored = counts[0];
        assertThat(List.of(counts)).containsExactly(stored, stored, "1", stored, "1", stored);
    }
}
