package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A site.conf that cannot be the customer's word, and one that cannot be understood. */
@EnabledOnOs(OS.LINUX)
class AgentSiteTest {
    private static final String SITE = """
            diagnostics = [{ name = mark, command = ["/bin/sh", "-c", "echo marked >> 'EFFECTS'"] }]
            """;

    private static Folder folder;
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        folder = Folder.make("agent-site");
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
    void an_agent_that_can_write_its_site_conf_refuses_everything_and_still_reports() throws Exception {
        try (AgentProcess agent = agent("owner").withoutTheDemosPrivilege()) {
            if (AgentProcess.ROOT) {
                Files.setAttribute(agent.siteFile(), "unix:uid", AgentProcess.USER, LinkOption.NOFOLLOW_LINKS);
            }
            agent.start();

            assertRefused(agent.obey("collect"));
            assertRefused(agent.obey("set", "key", "sample.period", "value", "30"));
            assertRefused(agent.obey("diagnose", "name", "mark"));
            assertRefused(agent.obey("restart"));
            assertThat(Files.readString(agent.effects())).isEmpty();
            assertThat(Rows.value(
                            server,
                            "SELECT count(*) > 0 FROM latest_value WHERE device = 'owner' AND item = 'pc.uptime'"))
                    .isEqualTo("t");
        }
    }

    @Test
    void a_site_conf_that_becomes_writable_counts_no_more_from_that_moment() throws Exception {
        try (AgentProcess agent = agent("turned").withoutTheDemosPrivilege()) {
            assumeTrue(AgentProcess.ROOT, "root is missing: an ordinary user owns every file here");
            agent.start();
            assertThat(agent.obey("diagnose", "name", "mark").getString("state"))
                    .isEqualTo("DONE");

            Files.setAttribute(agent.siteFile(), "unix:mode", 0100666, LinkOption.NOFOLLOW_LINKS);
            assertRefused(agent.obey("diagnose", "name", "mark"));
            Files.setAttribute(agent.siteFile(), "unix:mode", 0100644, LinkOption.NOFOLLOW_LINKS);
            assertThat(agent.obey("collect").getString("state")).isEqualTo("DONE");

            assertThat(Files.readAllLines(agent.effects())).containsExactly("marked");
        }
    }

    @Test
    void what_the_customer_denies_in_site_conf_is_refused_from_that_moment() throws Exception {
        try (AgentProcess agent = agent("denied")) {
            agent.start();
            assertThat(agent.obey("collect").getString("state")).isEqualTo("DONE");

            agent.writeSite(SITE + "policy { diagnose = deny }\n");
            JsonObject refused = agent.obey("diagnose", "name", "mark");

            assertThat(refused.getString("state")).isEqualTo("REFUSED");
            assertThat(refused.getString("detail")).contains("site.conf denies diagnose");
            assertThat(agent.obey("collect").getString("state")).isEqualTo("DONE");
            assertThat(Files.readString(agent.effects())).isEmpty();
        }
    }

    @Test
    void an_unknown_key_keeps_the_agent_from_starting_and_is_named_with_file_and_line() throws Exception {
        try (AgentProcess agent = agent("mistaken")) {
            agent.writeSite("pc { enabled = true }\n\nservrs = [\"elsewhere.example:8444\"]\n");

            assertThat(agent.runOnce()).isEqualTo(1);
            assertThat(agent.said()).contains("site.conf:3: servrs is not a key");
        }
    }

    private static void assertRefused(JsonObject result) {
        assertThat(result.getString("state")).as("%s", result).isEqualTo("REFUSED");
        assertThat(result.getString("detail")).contains("everything is denied");
    }

    private static AgentProcess agent(String device) throws Exception {
        return AgentProcess.enrolled(server, device, folder.path().resolve(device), SITE);
    }
}
