package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Somebody copies an instrument PC's disk, and both PCs run. */
@EnabledOnOs(OS.LINUX)
class AgentCopiedTest {
    private static final String SITE = """
            diagnostics = [{ name = mark, command = ["/bin/sh", "-c", "echo marked >> 'EFFECTS'"] }]
            """;

    @Test
    void both_are_held_and_run_nothing_until_a_person_picks_one_and_that_one_loses_nothing() throws Exception {
        try (Folder folder = Folder.make("agent-copied");
                Server server = Server.start(folder.path().resolve("server"));
                AgentProcess genuine =
                        AgentProcess.enrolled(server, "twin", folder.path().resolve("genuine"), SITE)) {
            genuine.start();
            assertThat(genuine.obey("diagnose", "name", "mark").getString("state"))
                    .isEqualTo("DONE");
            stop(genuine);
            try (AgentProcess copy = genuine.copied(folder.path().resolve("copy"), SITE)) {
                genuine.start();
                copy.start();
                genuine.await("held", () -> genuine.audit().contains("identity-held"));
                copy.await("held", () -> copy.audit().contains("identity-held"));

                long waiting = genuine.instruct("diagnose", "name", "mark");
                JsonObject held = server.call("clones", new JsonObject())
                        .getJsonArray("held")
                        .getJsonObject(0);
                assertThat(held.getString("device")).isEqualTo("twin");
                assertThat(held.getJsonArray("holders")).hasSize(2);
                assertThat(effects(genuine, copy)).isEqualTo(1);

                JsonObject kept = server.call(
                        "clones.keep",
                        new JsonObject().put("device", "twin").put("holder", 1).put("reason", "the one in the lab"));
                assertThat(kept.getInteger("kept")).isEqualTo(1);

                assertThat(genuine.result(waiting).getString("state")).isEqualTo("DONE");
                assertThat(effects(genuine, copy)).isEqualTo(2);
                genuine.await(
                        "one needs a new code",
                        () -> genuine.audit().contains("ENROLMENT_NEEDED")
                                != copy.audit().contains("ENROLMENT_NEEDED"));
                genuine.await(
                        "the other has a new key",
                        () -> "2"
                                .equals(Rows.value(
                                        server,
                                        "SELECT count(DISTINCT key_sha256) FROM device_certificate"
                                                + " WHERE device = 'twin'")));
                assertThat(genuine.obey("diagnose", "name", "mark").getString("state"))
                        .isEqualTo("DONE");
                assertThat(effects(genuine, copy)).isEqualTo(3);
            }
        }
    }

    private static void stop(AgentProcess agent) throws Exception {
        agent.close();
    }

    private static int effects(AgentProcess one, AgentProcess other) throws Exception {
        return List.of(Files.readAllLines(one.effects()), Files.readAllLines(other.effects())).stream()
                .mapToInt(List::size)
                .sum();
    }
}
