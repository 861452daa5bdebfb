package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code agent check} of a real agent against a real server, in a network whose firewall the test has in its hands. */
@EnabledOnOs(OS.LINUX)
class AgentCheckTest {
    private static final String CATALOGUE = """
            title: Test of a check
            networks:
              - cidr: 10.213.0.0/16
            """;

    @Test
    void what_is_open_is_open_to_the_last_step_and_a_port_that_is_dropped_is_named_with_its_rule() throws Exception {
        try (Folder folder = Folder.make("check");
                ForgetfulFirewall firewall = ForgetfulFirewall.up()) {
            Path catalogue = Files.writeString(folder.path().resolve("catalogue.yaml"), CATALOGUE);
            String config = "agents.names = [\"" + firewall.outside() + "\"]\npeople.names = [\"" + firewall.outside()
                    + "\"]\nallowlist.catalogue = \"" + catalogue + "\"";
            try (Server server = Server.start(folder.path().resolve("server"), config);
                    AgentProcess agent = AgentProcess.enrolled(
                            server,
                            "checked",
                            folder.path().resolve("home"),
                            diagnostic(folder.path().resolve("home")))) {
                agent.start();
                JsonObject asked = agent.obey("diagnose", "name", "reach");
                assertThat(asked.getString("state")).as(asked.encode()).isEqualTo("DONE");
                assertThat(asked.getString("detail")).startsWith("All that is required is reached (1 of 1).");
                assertThat(reported(server)).containsExactly("required=1 missing=0");
                agent.stop();
                agent.within(firewall.within());

                AgentProcess.Said good = check(agent);
                assertThat(good.code()).as(good.out() + good.err()).isZero();
                JsonObject open = new JsonObject(good.out());
                assertThat(open.getBoolean("good")).isTrue();
                assertThat(open.getBoolean("reported")).as(good.out()).isTrue();
                assertThat(reported(server)).hasSize(2);
                assertThat(open.getJsonArray("source").toString())
                        .contains("Test of a check")
                        .contains("vouched for by the enterprise's root");
                JsonObject row = row(open, server.agentsPort());
                assertThat(row.getString("result")).isEqualTo("open");
                assertThat(row.getBoolean("required")).isTrue();
                assertThat(row.getJsonArray("steps").toString())
                        .contains("genuine", "known", "passes", "survives 2 s", "right");

                firewall.drops(server.agentsPort());
                AgentProcess.Said bad = check(agent);
                assertThat(bad.code()).as(bad.out() + bad.err()).isEqualTo(1);
                JsonObject report = new JsonObject(bad.out());
                assertThat(report.getString("arrival")).isEqualTo("none of its servers is reached");
                assertThat(reported(server)).hasSize(2);
                assertThat(report.getJsonArray("source").toString()).contains("no list: these are this agent's own");
                JsonObject dropped = row(report, server.agentsPort());
                assertThat(dropped.getString("trouble")).isEqualTo("dropped");
                assertThat(dropped.getString("rule"))
                        .isEqualTo(
                                "Let out TCP " + server.agentsPort() + " from this PC to " + firewall.outside() + ".");
            }
        }
    }

    /** What arrived at the server of this device's checks, in words of the audit. */
    private static List<String> reported(Server server) throws Exception {
        return server.call("audit.list", new JsonObject().put("device", "checked")).getJsonArray("entries").stream()
                .map(JsonObject.class::cast)
                .filter(row -> row.getString("code").equals("device.reach-reported"))
                .map(row -> row.getString("detail").replaceFirst(" list=.*", ""))
                .toList();
    }

    /** So that the enterprise may ask for a check: the customer names it. */
    private static String diagnostic(Path home) {
        return """
        diagnostics = [{
          name = reach
          command = ["HOME/program/bin/fairlead-agent", check, --format, brief, --idle, "0",
                     --data, "HOME/data", --site, "HOME/etc/site.conf"]
          timeout = 2m
        }]
        """.replace("HOME", home.toString());
    }

    private static AgentProcess.Said check(AgentProcess agent) throws Exception {
        return agent.typed(
                AgentProcess.USER,
                AgentProcess.USER,
                "check",
                "--format",
                "json",
                "--idle",
                "2",
                "--site",
                agent.siteFile().toString());
    }

    private static JsonObject row(JsonObject report, int port) {
        return report.getJsonArray("rows").stream()
                .map(JsonObject.class::cast)
                .filter(row -> row.getInteger("port") == port)
                .findFirst()
                .orElseThrow(() -> new AssertionError(report.encodePrettily()));
    }
}
