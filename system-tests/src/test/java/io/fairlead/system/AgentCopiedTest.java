package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Somebody copies an instrument PC's disk, and both PCs run. */
@EnabledOnOs(OS.LINUX)
class AgentCopiedTest {
    private static final String SITE = """
            diagnostics = [{ name = mark, command = ["/bin/sh", "-c", "echo marked >> 'EFFECTS'"] }]
            logs = [{
              name = analyser
              path = "LOG"
              from = start
              patterns = [
                { match = "STEP (?<text>[0-9]+)", kind = event, code = step }
                { match = "NOW (?<code>[0-9]+)", kind = alarm, severity = critical }
              ]
            }]
            """;

    @Test
    void both_are_held_and_run_nothing_until_a_person_picks_one_and_that_one_loses_nothing() throws Exception {
        try (Folder folder = Folder.make("agent-copied");
                Server server = Server.start(folder.path().resolve("server"));
                AgentProcess genuine =
                        AgentProcess.enrolled(server, "twin", folder.path().resolve("genuine"), SITE)) {
            genuine.start();
            mark(genuine);
            genuine.stop();
            try (AgentProcess copy = genuine.copied(folder.path().resolve("copy"), SITE)) {
                genuine.start();
                steps(genuine, 1, 3);
                // The second is given to a poll that the copy can never have made.
                mark(genuine);
                mark(genuine);
                genuine.await("the lines before", () -> arrived(server, "twin").equals("1,2,3"));

                copy.start();
                genuine.await("held", () -> genuine.audit().contains("identity-held"));
                copy.await("held", () -> copy.audit().contains("identity-held"));
                long waiting = genuine.instruct("diagnose", "name", "mark");
                steps(genuine, 4, 6);
                // A held agent asks once a minute; one that is started again asks at once, and that is no way out.
                restarted(copy);
                restarted(genuine);
                genuine.await("two refused polls of each", () -> refusedTwice(server));
                assertThat(effects(genuine)).isEqualTo(3);
                assertThat(effects(copy)).isZero();
                assertThat(arrived(server, "twin")).isEqualTo("1,2,3");

                JsonObject kept = server.call(
                        "clones.keep",
                        new JsonObject().put("device", "twin").put("holder", 1).put("reason", "the one in the lab"));
                assertThat(kept.getInteger("kept")).isEqualTo(1);
                restarted(copy);
                restarted(genuine);

                assertThat(genuine.result(waiting).getString("state")).isEqualTo("DONE");
                copy.await("the copy is turned away", () -> copy.audit().contains("ENROLMENT_NEEDED"));
                genuine.await("the kept one has a new key", () -> keys(server) == 2);
                mark(genuine);
                steps(genuine, 7, 9);
                genuine.await("every line", () -> arrived(server, "twin").endsWith("9"));
                assertThat(arrived(server, "twin")).isEqualTo("1,2,3,4,5,6,7,8,9");
                assertThat(effects(genuine)).isEqualTo(5);
                assertThat(effects(copy)).isZero();
                assertThat(genuine.audit()).doesNotContain("ENROLMENT_NEEDED");

                ownDevice(server, genuine, copy);
            }
        }
    }

    /** The copy becomes a device of its own, and both obey. */
    private static void ownDevice(Server server, AgentProcess genuine, AgentProcess copy) throws Exception {
        try (AgentProcess own = copy.as("twin-2")) {
            String string = server.enrolment("twin-2");
            assertThat(own.enrol(string)).isEqualTo(1);
            assertThat(own.said()).contains("belongs to the device twin", "--new-device");
            assertThat(own.enrol(string, "--new-device")).as(own.said()).isZero();
            assertThat(own.said()).contains("set-aside-", "Enrolled as device twin-2");

            own.start();
            mark(own);
            steps(own, 1, 2);
            own.await("its lines", () -> arrived(server, "twin-2").equals("1,2"));
            mark(genuine);

            assertThat(effects(own)).isEqualTo(1);
            assertThat(effects(genuine)).isEqualTo(6);
            assertThat(arrived(server, "twin")).isEqualTo("1,2,3,4,5,6,7,8,9");
            assertThat(held(server)).isEmpty();
        }
    }

    private static void mark(AgentProcess agent) throws Exception {
        assertThat(agent.obey("diagnose", "name", "mark").getString("state")).isEqualTo("DONE");
    }

    private static void restarted(AgentProcess agent) throws Exception {
        agent.stop();
        agent.start();
    }

    private static void steps(AgentProcess agent, int first, int last) throws Exception {
        for (int step = first; step <= last; step++) {
            agent.writes("STEP " + step);
        }
        // An alarm goes at once, and nothing before it stays behind.
        agent.writes("NOW " + last);
    }

    /** The lines that are stored, each as often as it is, in order of their numbers. */
    private static String arrived(Server server, String device) throws Exception {
        return Rows.value(server, """
                SELECT coalesce(string_agg(text, ',' ORDER BY text::int), '')
                  FROM event WHERE code = 'step' AND device = '%s'
                """.formatted(device));
    }

    private static int keys(Server server) throws Exception {
        return Integer.parseInt(
                Rows.value(server, "SELECT count(DISTINCT key_sha256) FROM device_certificate WHERE device = 'twin'"));
    }

    private static JsonArray held(Server server) throws Exception {
        return server.call("clones", new JsonObject()).getJsonArray("held");
    }

    /** The genuine one's first refused poll was parked when the other showed, and is not counted. */
    private static boolean refusedTwice(Server server) throws Exception {
        JsonObject held = held(server).getJsonObject(0);
        assertThat(held.getString("device")).isEqualTo("twin");
        JsonArray holders = held.getJsonArray("holders");
        assertThat(holders).hasSize(2);
        return holders.getJsonObject(0).getLong("refusedPolls") >= 1
                && holders.getJsonObject(1).getLong("refusedPolls") >= 2;
    }

    private static int effects(AgentProcess agent) throws Exception {
        return Files.readAllLines(agent.effects()).size();
    }
}
