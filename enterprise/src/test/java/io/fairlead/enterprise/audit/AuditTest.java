package io.fairlead.enterprise.audit;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest {
    private static TestDatabase postgres;
    private static Database database;
    private static Audit audit;

    @BeforeAll
    static void start() {
        postgres = TestDatabase.start();
        database = postgres.database();
        audit = new Audit(database);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void entries_are_listed_newest_first_and_by_subject() {
        for (String device : List.of("list-1", "list-2", "list-1")) {
            await(audit.record(entry(device, "n=" + device)));
        }

        assertThat(await(audit.list(2))).extracting(AuditRow::subject).containsExactly("list-1", "list-2");
        assertThat(await(audit.list(9, "list-1")))
                .hasSize(2)
                .isSortedAccordingTo((one, other) -> Long.compare(other.id(), one.id()))
                .allSatisfy(row -> {
                    assertThat(row.actor()).isEqualTo("os:root");
                    assertThat(row.code()).isEqualTo("device.registered");
                    assertThat(row.detail()).isEqualTo("n=list-1");
                });
    }

    @Test
    void an_entry_vanishes_with_the_transaction_of_its_deed() {
        Future<Void> undone = database.inTransaction(transaction -> audit.record(transaction, entry("undone", ""))
                .compose(written -> Future.failedFuture(new IllegalStateException("the deed failed"))));

        assertThatThrownBy(() -> await(undone)).hasMessageContaining("the deed failed");
        assertThat(await(audit.list(9, "undone"))).isEmpty();

        await(database.inTransaction(transaction -> audit.record(transaction, entry("done", ""))));
        assertThat(await(audit.list(9, "done"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_entry SET actor = 'somebody else'",
                "DELETE FROM audit_entry",
                "TRUNCATE audit_entry",
                "INSERT INTO audit_entry (at, actor, code, subject, detail) VALUES ('1999-01-01', 'a', 'b', 'c', 'd')",
                "INSERT INTO audit_entry (id, actor, code, subject, detail) OVERRIDING SYSTEM VALUE"
                        + " VALUES (1, 'a', 'b', 'c', 'd')",
                "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
                "DROP TABLE audit_entry",
                "SELECT * FROM audit_entry FOR UPDATE"
            })
    void the_app_role_can_only_add_and_read(String statement) throws SQLException {
        await(audit.record(entry("kept", "")));
        try (Connection app = postgres.app();
                Statement run = app.createStatement()) {
            assertThatThrownBy(() -> run.execute(statement))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isIn("42501", "428C9"));
        }
        assertThat(await(audit.list(1, "kept"))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_entry SET actor = 'somebody else'",
                "DELETE FROM audit_entry",
                "TRUNCATE audit_entry"
            })
    void even_the_owner_changes_nothing(String statement) throws SQLException {
        try (Connection owner = postgres.owner();
                Statement run = owner.createStatement()) {
            assertThatThrownBy(() -> run.execute(statement)).hasMessageContaining("the audit is never changed");
        }
    }

    @Test
    void text_from_far_away_cannot_forge_a_line_or_lose_the_entry() {
        String hostile = "a\r\nb\u0000\u001b[2J\u202e\u2028\ud800" + "x".repeat(5_000);

        await(audit.record(new AuditEntry(hostile, AuditCode.DEVICE_REGISTERED, "hostile", hostile)));

        AuditRow row = await(audit.list(1, "hostile")).get(0);
        assertThat(row.actor()).startsWith("a  b  [2J   x").hasSize(200);
        assertThat(row.detail()).doesNotContainPattern("\\p{Cntrl}").hasSize(2_000);
    }

    @Test
    void every_code_is_used_once_and_well_formed() {
        assertThat(Arrays.stream(AuditCode.values()).map(AuditCode::code))
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*"));
    }

    private static AuditEntry entry(String subject, String detail) {
        return new AuditEntry("os:root", AuditCode.DEVICE_REGISTERED, subject, detail);
    }
}
