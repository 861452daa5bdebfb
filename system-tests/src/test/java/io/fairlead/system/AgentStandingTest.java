package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A device that is muted and unmuted, and then stolen, with a poll parked and a large file on its way. */
@EnabledOnOs(OS.LINUX)
class AgentStandingTest {
    /** A chunk takes two seconds. */
    private static final String SITE = """
            upload.roots = ["%s/instrument"]
            transfer.rate = "512 kbit/s"
            logs = [{
              name = analyser
              path = "LOG"
              from = start
              patterns = [{ match = "FAULT (?<code>E[0-9]+) (?<text>.*)", kind = alarm, severity = critical }]
            }]
            diagnostics = [{ name = mark, command = ["/bin/sh", "-c", "echo marked >> 'EFFECTS'"] }]
            """;

    private static final int SIZE = 32 << 20;
    /** How long the agent asks its polls to be held. */
    private static final Duration HOLD = Duration.ofSeconds(50);

    private static final String CHUNK_REFUSED = "file=refused fault=";
    private static final Pattern OFFER_REFUSED = Pattern.compile("(?<!=)refused fault=device-muted");

    private static Folder folder;
    private static Server server;
    private static AgentProcess agent;

    @BeforeAll
    static void start() throws Exception {
        folder = Folder.make("agent-standing");
        server = Server.start(folder.path().resolve("server"));
        Path home = folder.path().resolve("agent");
        agent = AgentProcess.enrolled(server, "lost", home, SITE.formatted(home));
        Files.write(home.resolve("instrument/large.bin"), new byte[SIZE]);
    }

    @AfterAll
    static void end() throws Exception {
        try (Folder last = folder;
                Server second = server;
                AgentProcess first = agent) {
            assertThat(List.of(last, second, first)).hasSize(3);
        }
    }

    @Test
    void a_muted_device_stands_still_and_then_goes_on_and_a_stolen_one_is_out_at_once() throws Exception {
        what_waits_for_a_muted_device_is_given_when_it_is_unmuted();
        String upload = command("upload", "path", "large.bin").getString("id");
        agent.await("bytes on their way", () -> moved(upload) > 0);

        an_upload_stands_still_while_muted(upload);
        said("devices.unmute");
        long stood = moved(upload);
        agent.await("the upload goes on", () -> moved(upload) > stood);

        a_stolen_device_is_out(upload);
    }

    private static void what_waits_for_a_muted_device_is_given_when_it_is_unmuted() throws Exception {
        long waiting = agent.instruct("diagnose", "name", "mark");
        said("devices.mute");
        agent.start();
        reports("E1");
        untilParked();
        mayNotBeInstructed();
        reports("E2");
        assertThat(command("watch", "number", waiting).getString("state")).isEqualTo("WAITING");
        assertThat(effects()).isEmpty();

        said("devices.unmute");
        assertThat(agent.result(waiting).getString("state")).isEqualTo("DONE");
        assertThat(effects()).hasSize(1);
    }

    private static void an_upload_stands_still_while_muted(String upload) throws Exception {
        said("devices.mute");
        serverSays(CHUNK_REFUSED + "device-muted");
        long stood = moved(upload);
        agent.await(
                "it is tried again",
                () -> OFFER_REFUSED.matcher(Files.readString(server.log())).find());
        agent.await("it waits", () -> agent.ownLog().contains("transfer=waiting id=" + upload));
        reports("E3");
        assertThat(moved(upload)).isEqualTo(stood).isLessThan(SIZE);
        assertThat(agent.audit()).contains("transfer.begun id=" + upload).doesNotContain("transfer.ended");
    }

    private static void a_stolen_device_is_out(String upload) throws Exception {
        long before = System.nanoTime();
        assertThat(agent.obey("diagnose", "name", "mark").getString("state")).isEqualTo("DONE");
        untilParked();

        said("devices.stolen");

        agent.await("the poll is over", () -> agent.audit().contains("loop=poll state=ENROLMENT_NEEDED"));
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .as("by itself it would have ended later, however slow this machine is")
                .isLessThan(HOLD);
        agent.writes("12:00:04 FAULT E4 nobody hears it");
        agent.await("the report is refused", () -> agent.audit().contains("loop=report state=ENROLMENT_NEEDED"));
        serverSays(CHUNK_REFUSED + "certificate-revoked");
        long stood = moved(upload);
        mayNotBeInstructed();
        assertThat(agent.audit()).contains("certificate-revoked").doesNotContain("transfer.ended");
        assertThat(alarms()).contains("fairlead/stolen", "E3").doesNotContain("E4");
        assertThat(effects()).hasSize(2);
        assertThat(moved(upload)).isEqualTo(stood).isLessThan(SIZE);
    }

    private static void said(String standing) throws IOException {
        JsonObject arguments = new JsonObject().put("device", "lost").put("reason", "a test");
        assertThat(server.call(standing, arguments).getBoolean("changed")).isTrue();
    }

    private static void mayNotBeInstructed() {
        assertThatThrownBy(() -> agent.instruct("diagnose", "name", "mark")).hasMessageContaining("device-muted");
    }

    /** The instrument says something, and the enterprise hears it. */
    private static void reports(String code) throws IOException {
        agent.writes("12:00:01 FAULT " + code + " something");
        agent.await("alarm " + code, () -> alarms().contains(code));
    }

    private static List<String> alarms() throws IOException {
        JsonArray alarms = agent.known().getJsonArray("alarms");
        return alarms.stream()
                .map(JsonObject.class::cast)
                .map(alarm -> alarm.getString("code"))
                .toList();
    }

    private static void untilParked() {
        agent.await(
                "a parked poll",
                () -> server.metric("fairlead_instruction_polls_parked").startsWith("1"));
    }

    private static void serverSays(String text) {
        agent.await(text, () -> Files.readString(server.log()).contains(text));
    }

    private static JsonObject command(String command, String key, Object value) throws IOException {
        return server.call(command, new JsonObject().put("device", "lost").put(key, value));
    }

    private static long moved(String transfer) throws IOException {
        return server.call("transfer", new JsonObject().put("id", transfer)).getLong("moved");
    }

    private static List<String> effects() throws IOException {
        return Files.readAllLines(agent.effects());
    }
}
