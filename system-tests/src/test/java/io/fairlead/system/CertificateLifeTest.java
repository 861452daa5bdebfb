package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agent whose certificate lives for a minute, and what a long time does to it. */
@Timeout(900)
class CertificateLifeTest {
    private static final int LIFE_SECONDS = 60;
    private static final Set<String> ENDS = Set.of("DONE", "INTERRUPTED");

    private static Folder folder;
    private static Server server;
    private static AgentProcess agent;

    @BeforeAll
    static void start() throws Exception {
        folder = Folder.make("certificate-life");
        server = Server.shortLived(folder.path().resolve("server"), LIFE_SECONDS);
        agent = AgentProcess.enrolled(
                server,
                "analyser-1",
                folder.path().resolve("agent"),
                "diagnostics = [{ name = greet, command = [\"/bin/echo\", \"good morning\"] }]");
        agent.start();
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
    void an_agent_renews_by_itself_while_it_works_and_one_that_slept_too_long_comes_back_by_a_new_code()
            throws Exception {
        // While the certificate is renewed, instructions are carried out, and the agent is killed now and then.
        List<Long> given = new ArrayList<>();
        for (int i = 0; !agent.audit().contains("identity.renewed"); i++) {
            long number = agent.instruct("diagnose", "name", "greet");
            given.add(number);
            assertThat(ENDS).contains(agent.result(number).getString("state"));
            if (i % 10 == 9) {
                agent.killJava();
            }
            Thread.sleep(500);
        }
        agent.killJava();
        assertThat(agent.obey("diagnose", "name", "greet").getString("state")).isEqualTo("DONE");
        agent.await(
                "the old certificate is dead",
                () -> "renewed"
                        .equals(Rows.value(
                                server,
                                "SELECT revoked_why FROM device_certificate"
                                        + " WHERE revoked_at IS NOT NULL ORDER BY revoked_at DESC LIMIT 1")));
        assertThat(new HashSet<>(given)).hasSameSizeAs(given);
        assertThat(agent.audit()).doesNotContain("ENROLMENT_NEEDED");
        assertThat(Rows.value(server, "SELECT count(*) FROM audit_entry WHERE code = 'enrolment.device-enrolled'"))
                .isEqualTo("1");
        assertThat(Rows.value(server, "SELECT count(*) FROM audit_entry WHERE code LIKE 'clone.%'"))
                .isEqualTo("0");
        checkedByOpenssl();

        // Switched off until it is over: it says that a person is needed, and keeps what it has to tell.
        agent.close();
        String before = Rows.value(server, "SELECT count(*) FROM status_message");
        Instant over = Instant.ofEpochSecond(1
                + Long.parseLong(Rows.value(
                        server, "SELECT extract(epoch FROM max(not_after))::bigint FROM device_certificate")));
        while (Instant.now().isBefore(over)) {
            Thread.sleep(200);
        }
        agent.start();
        agent.await(
                "the agent asks for a person",
                () -> agent.audit().contains("loop=poll state=ENROLMENT_NEEDED")
                        && agent.audit().contains("loop=renewal state=ENROLMENT_NEEDED"));
        assertThat(agent.audit()).contains("a person must enrol it anew");
        long void1 = agent.instruct("diagnose", "name", "greet");
        agent.close();

        // And on: issuers and root are replaced meanwhile.
        rolled("authority.roll-issuers");
        rolled("authority.roll-root");
        long asked = asksForAPerson("renewal");
        long askedByPolls = asksForAPerson("poll");
        agent.start();
        agent.await(
                "the agent asks for a person again",
                () -> asksForAPerson("renewal") > asked && asksForAPerson("poll") > askedByPolls);
        agent.await(
                "its status says what to do",
                () -> agent.typed(AgentProcess.USER, AgentProcess.USER, "status")
                        .out()
                        .contains("Ask the enterprise for a new enrolment string"));
        agent.close();
        // It cannot know the server any more, which is no proxy's doing.
        assertThat(agent.audit()).doesNotContain("TLS_REFUSED");
        assertThat(Rows.value(server, "SELECT count(*) FROM status_message")).isEqualTo(before);

        agent.enrol();
        agent.start();

        assertThat(agent.obey("diagnose", "name", "greet").getString("state")).isEqualTo("DONE");
        // What was signed for the enrolment before is not for this one.
        JsonObject old = server.call(
                "watch",
                new JsonObject()
                        .put("device", "analyser-1")
                        .put("number", void1)
                        .put("seconds", 1));
        assertThat(old.getString("state")).isNotEqualTo("DONE");
        // The spool is the same one, and nothing of it was lost or told twice.
        assertThat(Rows.value(server, "SELECT count(DISTINCT epoch) FROM status_message"))
                .isEqualTo("1");
        agent.await(
                "the spool arrives whole",
                () -> Rows.value(server, "SELECT (max(sequence) = count(DISTINCT sequence))::text FROM status_message")
                        .equals("true"));
        assertThat(server.call("authority.show", new JsonObject()).getJsonArray("onOldIssuer"))
                .isEmpty();
    }

    /** One roll-over to its end: nobody's certificate stands in its way, an instruction that waits does. */
    private static void rolled(String kind) throws IOException {
        for (String step : List.of(kind, "authority.switch")) {
            assertThat(server.call(step, new JsonObject()).getJsonArray("unconfirmed"))
                    .isEmpty();
        }
        JsonObject lost = new JsonObject().put("lose", "analyser-1");
        assertThat(server.call("authority.retire", lost).getString("stage")).isEqualTo("STEADY");
    }

    private static long asksForAPerson(String loop) throws IOException {
        return agent.audit()
                .lines()
                .filter(line -> line.contains("loop=" + loop + " state=ENROLMENT_NEEDED"))
                .count();
    }

    /** The certificate on disk, judged by somebody else's program. */
    private static void checkedByOpenssl() throws Exception {
        Path identity = folder.path().resolve("agent/data/identity");
        Path current =
                identity.resolve(Files.readString(identity.resolve("current")).strip());
        assertThat(run(
                        "openssl",
                        "verify",
                        "-x509_strict",
                        "-purpose",
                        "sslclient",
                        "-CAfile",
                        current.resolve("root.pem").toString(),
                        "-untrusted",
                        current.resolve("devices.pem").toString(),
                        current.resolve("certificate.pem").toString()))
                .contains("OK");
        assertThat(run(
                        "openssl",
                        "x509",
                        "-noout",
                        "-subject",
                        "-ext",
                        "subjectAltName",
                        "-in",
                        current.resolve("certificate.pem").toString()))
                .contains("analyser-1", "urn:fairlead:enrolment:");
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
