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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PCs whose clock is wrong: what is still right, and what is refused and named. */
@EnabledOnOs(OS.LINUX)
class AgentClockTest {
    private static final String SITE = """
            diagnostics = [{ name = mark, command = ["/bin/sh", "-c", "echo marked >> 'EFFECTS'"] }]
            """;

    private static Folder folder;
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        folder = Folder.make("agent-clock");
        server = Server.start(folder.path().resolve("server"));
    }

    @AfterAll
    static void end() throws Exception {
        try (Folder last = folder;
                Server first = server) {
            assertThat(List.of(last, first)).hasSize(2);
        }
    }

    private static AgentProcess agent(String device, String offset) throws Exception {
        AgentProcess agent = AgentProcess.enrolled(server, device, folder.path().resolve(device), SITE)
                .withAClockOfItsOwn();
        agent.setClock(offset);
        agent.start();
        return agent;
    }

    private static boolean named(AgentProcess agent, String how) throws Exception {
        return agent.known().getJsonArray("alarms").stream()
                .map(JsonObject.class::cast)
                .anyMatch(alarm -> alarm.getString("code").equals("agent.clock-wrong")
                        && alarm.getString("text").contains(how));
    }

    @ParameterizedTest
    @CsvSource({"+1d, day-ahead, 1 d 0 h ahead", "-1d, day-behind, behind", "-10y, decade-behind, behind"})
    void a_clock_off_by_a_day_or_ten_years_behind_stops_nothing_and_is_named(String offset, String device, String how)
            throws Exception {
        try (AgentProcess agent = agent(device, offset)) {
            assertThat(agent.obey("diagnose", "name", "mark").getString("state"))
                    .isEqualTo("DONE");
            assertThat(agent.obey("collect").getString("state")).isEqualTo("DONE");

            agent.await("the alarm", () -> named(agent, how));
            assertThat(Files.readAllLines(agent.effects())).containsExactly("marked");
            assertThat(agent.audit()).contains("clock.wrong pc-ahead-seconds=");
            assertThat(Rows.value(
                            server,
                            "SELECT abs(extract(epoch FROM now() - max(observed_at))) < 300 FROM item_value WHERE device"
                                    + " = '" + device + "'"))
                    .isEqualTo("t");
        }
    }

    @Test
    void ten_years_ahead_no_certificate_is_valid_which_is_said_and_over_when_the_clock_is_right() throws Exception {
        try (AgentProcess agent = agent("decade-ahead", "+10y")) {
            long number = agent.instruct("diagnose", "name", "mark");
            agent.await("the refusal", () -> agent.audit().contains("link.down loop=poll"));
            assertThat(agent.audit()).contains("clock.doubtful", "the clock of this PC or a certificate is wrong");
            assertThat(Files.readAllLines(agent.effects())).isEmpty();

            agent.setClock("+0");

            assertThat(agent.result(number).getString("state")).isEqualTo("DONE");
            assertThat(Files.readAllLines(agent.effects())).containsExactly("marked");
        }
    }

    @Test
    void a_clock_that_is_set_back_while_the_agent_runs_stops_nothing_and_is_named_until_it_is_right() throws Exception {
        try (AgentProcess agent = agent("set-back", "+0")) {
            assertThat(agent.obey("diagnose", "name", "mark").getString("state"))
                    .isEqualTo("DONE");
            assertThat(agent.audit()).doesNotContain("clock.wrong");

            agent.setClock("-3d");
            agent.await(
                    "the wrong clock",
                    () -> agent.obey("collect").getString("state").equals("DONE")
                            && agent.audit().contains("clock.wrong"));
            assertThat(agent.obey("diagnose", "name", "mark").getString("state"))
                    .isEqualTo("DONE");

            agent.setClock("+0");
            agent.await(
                    "the right clock",
                    () -> agent.obey("collect").getString("state").equals("DONE")
                            && agent.audit().contains("clock.right"));
            assertThat(Files.readAllLines(agent.effects())).containsExactly("marked", "marked");
        }
    }
}
