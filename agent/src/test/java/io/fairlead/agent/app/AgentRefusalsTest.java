package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.agent.host.Host;
import io.fairlead.agent.link.TestAuthority;
import io.fairlead.agent.poll.Enterprise;
import io.fairlead.contract.agent.Collect;
import io.fairlead.contract.agent.InstructionResult;
import io.fairlead.contract.agent.Outcome;
import io.fairlead.contract.agent.StatusMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What an installed agent does not do, and how it says so. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AgentRefusalsTest {
    @TempDir
    Path folder;

    private AgentRig rig;

    @BeforeEach
    void install() throws IOException {
        rig = new AgentRig(folder);
    }

    @AfterEach
    void end() throws Exception {
        rig.end();
    }

    @Test
    void nothing_is_obeyed_while_the_agent_can_write_site_conf() throws Exception {
        assumeTrue(Host.ofThisSystem().root(), "root is missing: an ordinary user owns every file here");
        rig.enrol();
        Files.setAttribute(rig.agent.site, "unix:uid", InstalledAgent.USER);
        rig.orders.put(1L, AgentRig.order(1, new Collect()));
        rig.started(rig.agent.java(rig.agent.with("run")));

        InstructionResult result = rig.result(1);
        assertThat(result.getOutcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.getDetail()).contains("everything is denied");
    }

    @Test
    void two_agents_cannot_have_one_folder() throws Exception {
        rig.enrol();
        rig.started(rig.agent.java(rig.agent.with("run")));
        rig.polls.take();

        assertThat(rig.started(rig.agent.java(rig.agent.with("run"))).waitFor()).isEqualTo(1);
        assertThat(rig.agent.said()).contains("another agent works in");
    }

    @Test
    void an_agent_that_is_not_enrolled_says_what_to_do() throws Exception {
        assertThat(rig.started(rig.agent.java(rig.agent.with("run"))).waitFor()).isEqualTo(1);
        assertThat(rig.agent.said()).contains("not enrolled: run `agent enrol STRING");
    }

    @Test
    void a_fault_in_site_conf_is_named_with_file_and_line() throws Exception {
        rig.enrol();
        Files.writeString(rig.agent.site, "pc { enabled = true }\nservrs = []\n");

        assertThat(rig.started(rig.agent.java(rig.agent.with("run"))).waitFor()).isEqualTo(1);
        assertThat(rig.agent.said()).contains("site.conf:2").contains("servrs");
    }

    @Test
    void a_server_that_site_conf_does_not_name_gets_no_secret() throws Exception {
        Files.writeString(rig.agent.site, "servers = [\"agents.example:8444\"]\n");

        assertThat(rig.started(rig.agent.java(rig.agent.with("enrol", rig.enterprise.enrolmentString())))
                        .waitFor())
                .isEqualTo(1);
        assertThat(rig.agent.said()).contains("site.conf does not allow the server localhost");
        assertThat(rig.enterprise.server.connections).hasValue(0);
    }

    @Test
    void a_server_that_nobody_answers_at_is_named_without_the_secret() throws Exception {
        String string = "fairlead:1:127.0.0.1:1:c:7Q2M9KZ4XJ5R8TVN:" + Enterprise.AUTHORITY.rootKeyHash();

        assertThat(rig.started(rig.agent.java(rig.agent.with("enrol", string))).waitFor())
                .isEqualTo(1);
        assertThat(rig.agent.said()).contains("127.0.0.1:1").doesNotContain("7Q2M9KZ4XJ5R8TVN");
    }

    @Test
    void root_enrols_and_runs_the_agent_as_the_agents_user_only() throws Exception {
        assumeTrue(Host.ofThisSystem().root(), "root is missing: this is about root");
        Files.delete(rig.agent.data);
        String string = rig.enterprise.enrolmentString();
        Process enrol = rig.started(
                rig.agent.script(rig.agent.with("enrol", "-", "--user", String.valueOf(InstalledAgent.USER))));
        try (OutputStream in = enrol.getOutputStream()) {
            in.write((string + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(enrol.waitFor()).as(rig.agent.said()).isZero();
        try (Stream<Path> files = Files.walk(rig.agent.data)) {
            assertThat(files)
                    .allSatisfy(file ->
                            assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(InstalledAgent.USER));
        }

        assertThat(rig.started(rig.agent.javaAsTester(rig.agent.with("run"))).waitFor())
                .isEqualTo(1);
        assertThat(rig.agent.said()).contains("the agent does not run as root");
        assertThat(rig.started(rig.agent.javaAsTester(rig.agent.with("enrol", string)))
                        .waitFor())
                .isEqualTo(1);
        assertThat(rig.agent.said()).contains("the agent does not enrol as root");
    }

    @Test
    void root_follows_no_link_that_the_agents_account_has_laid() throws Exception {
        assumeTrue(Host.ofThisSystem().root(), "root is missing: this is about root");
        Path precious = Files.writeString(folder.resolve("precious"), "root's own\n");
        Files.createSymbolicLink(rig.agent.data.resolve("audit.log"), precious);
        Process enrol = rig.started(rig.agent.script(rig.agent.with("enrol", rig.enterprise.enrolmentString())));
        assertThat(enrol.waitFor()).as(rig.agent.said()).isBetween(0, 1);
        assertThat(precious).hasContent("root's own");

        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("etc"));
        assertThat(refusal("--data", link.toString())).contains("is a link");
        assertThat(refusal("--data=" + folder.resolve("etc"))).contains("belongs to the user 0");
        assertThat(refusal("--data", rig.agent.data.resolve("below").toString()))
                .contains("others than root may change");
        assertThat(Files.getAttribute(folder.resolve("etc"), "unix:uid")).isEqualTo(0);
    }

    private String refusal(String... data) throws Exception {
        List<String> words = new ArrayList<>(List.of("enrol", rig.enterprise.enrolmentString()));
        words.addAll(List.of(data));
        assertThat(rig.started(rig.agent.script(words.toArray(String[]::new))).waitFor())
                .as(rig.agent.said())
                .isEqualTo(1);
        return rig.agent.said();
    }

    @Test
    void a_lost_journal_lets_reports_go_on_and_asks_for_no_instruction() throws Exception {
        rig.enrol();
        Files.delete(rig.agent.data.resolve("journal").resolve(TestAuthority.EPOCH));
        rig.started(rig.agent.java(rig.agent.with("run")));

        StatusMessage message = rig.messages.take();
        while (message.getEvent().isEmpty()) {
            message = rig.messages.take();
        }
        assertThat(message.getEvent().get(0).getCode()).isEqualTo("agent.enrolment-needed");
        assertThat(rig.enterprise.polls).isEmpty();
    }
}
