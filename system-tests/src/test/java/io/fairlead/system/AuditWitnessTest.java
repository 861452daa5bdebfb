package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The audit with the programs as they are shipped: sealed, witnessed by an agent, rewritten, and found out. */
@EnabledOnOs(OS.LINUX)
class AuditWitnessTest {
    @Test
    void a_history_that_was_rewritten_and_signed_anew_is_found_by_the_agent_and_by_what_it_kept() throws Exception {
        try (Folder folder = Folder.make("witness");
                Server server = Server.start(folder.path().resolve("server"));
                AgentProcess agent = AgentProcess.enrolled(
                        server, "analyser-1", folder.path().resolve("agent"), "")) {
            CommandLines lines = new CommandLines(server, folder.path());
            awaitSealed(server, 5);
            agent.start();
            agent.await("a checkpoint", () -> agent.audit().contains("witness.begun"));
            Path witness = folder.path().resolve("analyser-1.witness");
            AgentProcess.Said kept = agent.typed(0, 0, "audit", "--witness", "--out", witness.toString());
            assertThat(kept.code()).as(kept.err()).isZero();
            assertThat(Files.readAllLines(witness)).isNotEmpty();

            // Beside the running server.
            CommandLines.Ended clean = lines.run("audit", "verify", "--witness", witness.toString());
            assertThat(clean.code()).as(clean.out() + clean.err()).isZero();
            assertThat(clean.out()).contains("Nothing is wrong.");

            tamper(server, "UPDATE audit_entry SET actor = 'os:nobody' WHERE id = 1");
            CommandLines.Ended edited = lines.run("audit", "verify");
            assertThat(edited.code()).isEqualTo(1);
            assertThat(edited.out()).contains("WRONG (changed): row 1 (id 1,").contains("WRONG from row 1 on");

            // As whoever owns the server would do it: everything begins anew, sealed and signed by the same key.
            Path own = server.data().resolve("secrets/audit.witness");
            awaitKept(own);
            agent.kill();
            server.kill9();
            tamper(
                    server,
                    "DELETE FROM audit_entry",
                    "DELETE FROM audit_seal",
                    "DELETE FROM audit_checkpoint",
                    "DELETE FROM audit_head");
            Files.delete(own);
            server.startAgain();
            awaitSealed(server, 1);
            assertThat(lines.run("audit", "verify").code()).isZero();
            CommandLines.Ended found = lines.run("audit", "verify", "--json", "--witness", witness.toString());
            assertThat(found.code()).isEqualTo(1);
            assertThat(new JsonObject(found.out())
                            .getJsonArray("findings")
                            .getJsonObject(0)
                            .getString("kind"))
                    .isEqualTo("contradicted");

            agent.start();
            agent.await("the contradiction", () -> agent.audit().contains("witness.contradicted"));
        }
    }

    private static void awaitSealed(Server server, long rows) throws Exception {
        for (int i = 0; i < 400; i++) {
            if (Long.parseLong(Rows.value(server, "SELECT count(*) FROM audit_seal")) >= rows) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("fewer than " + rows + " rows are sealed");
    }

    /** The server keeps what is newest every ten seconds, so the test may come before its first time. */
    private static void awaitKept(Path own) throws InterruptedException {
        for (int i = 0; i < 400 && !Files.exists(own); i++) {
            Thread.sleep(50);
        }
        assertThat(own).exists();
    }

    private static void tamper(Server server, String... statements) throws Exception {
        String password = Files.readString(server.data().resolve("secrets/postgres.password"))
                .strip();
        try (Connection superuser = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + Rows.port(server.data()) + "/fairlead", "postgres", password);
                Statement run = superuser.createStatement()) {
            run.execute("SET session_replication_role = replica");
            for (String one : statements) {
                run.execute(one);
            }
        }
    }
}
