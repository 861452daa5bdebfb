package io.fairlead.enterprise.audit;

import io.fairlead.statements.Checkpoint;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What verification reads, over JDBC and with a cursor: it runs in a program of its own, beside the server. */
final class VerifyStore {
    private static final int AT_ONCE = 2_000;

    private static final String SIGNERS = "SELECT key_id, certificates FROM audit_signer";

    private static final String SEALS = """
            SELECT s.number, s.entry, s.hash, e.id, %s AS at, e.actor, e.code, e.subject, e.detail,
                   c.number AS kept, c.statement, c.signature, c.key_id
            FROM audit_seal s
            LEFT JOIN audit_entry e ON e.id = s.entry
            LEFT JOIN audit_checkpoint c ON c.number = s.number
            ORDER BY s.number
            """.formatted(SealStore.AT);

    private static final String LOST = """
            SELECT c.number, c.statement, c.signature, c.key_id FROM audit_checkpoint c
            WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.number = c.number) ORDER BY c.number
            """;

    private static final String HEAD = "SELECT statement, signature, key_id, settled FROM audit_head";

    private static final String UNSEALED = """
            SELECT e.id, %s AS at, e.actor, e.code,
                   e.id <= coalesce((SELECT settled FROM audit_head), 0) AS late
            FROM audit_entry e WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry = e.id) ORDER BY e.id
            """.formatted(SealStore.AT);

    private static final String RECORD = """
            INSERT INTO audit_entry (actor, code, subject, detail) VALUES (?, ?, ?, ?)
            """;

    /** A row without a seal. */
    record Unsealed(long id, String at, String actor, String code, boolean late) {}

    private final Connection connection;

    /** @param connection without auto-commit, or cursors would read everything at once */
    VerifyStore(Connection connection) {
        this.connection = connection;
    }

    Map<String, List<byte[]>> signers() throws SQLException {
        Map<String, List<byte[]>> signers = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SIGNERS)) {
            while (rows.next()) {
                List<byte[]> certificates = new ArrayList<>();
                Array array = rows.getArray("certificates");
                for (Object one : (Object[]) array.getArray()) {
                    certificates.add((byte[]) one);
                }
                signers.put(rows.getString("key_id"), certificates);
            }
        }
        return signers;
    }

    void seals(Consumer<SealedRow> each) throws SQLException {
        read(SEALS, rows -> {
            long number = rows.getLong("number");
            long entry = rows.getLong("entry");
            rows.getLong("id");
            ChainRow row = rows.wasNull()
                    ? null
                    : new ChainRow(
                            number,
                            rows.getLong("id"),
                            rows.getString("at"),
                            rows.getString("actor"),
                            rows.getString("code"),
                            rows.getString("subject"),
                            rows.getString("detail"));
            rows.getLong("kept");
            SealedRow.Stored kept = rows.wasNull() ? null : stored(number, rows);
            each.accept(new SealedRow(number, entry, rows.getBytes("hash"), row, kept));
        });
    }

    /** Checkpoints whose rows have no seal. */
    void lost(Consumer<SealedRow.Stored> each) throws SQLException {
        read(LOST, rows -> each.accept(stored(rows.getLong("number"), rows)));
    }

    /** The newest checkpoint, whatever is there; its number is 0 when it is none. */
    SealedRow.@Nullable Stored head() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(HEAD)) {
            if (!rows.next()) {
                return null;
            }
            long number = Checkpoint.of(rows.getBytes("statement"))
                    .map(Checkpoint::number)
                    .orElse(0L);
            return stored(number, rows);
        }
    }

    void unsealed(Consumer<Unsealed> each) throws SQLException {
        read(
                UNSEALED,
                rows -> each.accept(new Unsealed(
                        rows.getLong("id"),
                        rows.getString("at"),
                        rows.getString("actor"),
                        rows.getString("code"),
                        rows.getBoolean("late"))));
    }

    void record(AuditEntry entry) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
            statement.setString(1, entry.actor());
            statement.setString(2, entry.code().code());
            statement.setString(3, entry.subject());
            statement.setString(4, entry.detail());
            statement.executeUpdate();
        }
    }

    /** A time as the chain has it; empty for what is none. */
    static Optional<Instant> moment(String at) {
        try {
            return Optional.of(Instant.parse(at));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    private static SealedRow.Stored stored(long number, ResultSet rows) throws SQLException {
        return new SealedRow.Stored(
                number, rows.getBytes("statement"), rows.getBytes("signature"), rows.getString("key_id"));
    }

    private interface EachRow {
        void take(ResultSet row) throws SQLException;
    }

    private void read(String query, EachRow each) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setFetchSize(AT_ONCE);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    each.take(rows);
                }
            }
        }
    }
}
