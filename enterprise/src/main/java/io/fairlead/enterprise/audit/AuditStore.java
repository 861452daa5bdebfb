package io.fairlead.enterprise.audit;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The table {@code audit_entry}; the app role may insert and select, nothing else. */
final class AuditStore {
    private static final String INSERT = """
            INSERT INTO audit_entry (actor, code, subject, detail) VALUES ($1, $2, $3, $4)
            """;

    private static final String INSERT_MANY = """
            INSERT INTO audit_entry (actor, code, subject, detail)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
            """;

    private static final String NEWEST = """
            SELECT id, at, actor, code, subject, detail FROM audit_entry ORDER BY id DESC LIMIT $1
            """;

    private static final String NEWEST_OF = """
            SELECT id, at, actor, code, subject, detail FROM audit_entry WHERE subject = $2 ORDER BY id DESC LIMIT $1
            """;

    Future<Void> insert(SqlClient client, AuditEntry entry) {
        return client.preparedQuery(INSERT)
                .execute(Tuple.of(entry.actor(), entry.code().code(), entry.subject(), entry.detail()))
                .mapEmpty();
    }

    Future<Void> insert(SqlClient client, List<AuditEntry> entries) {
        return client.preparedQuery(INSERT_MANY)
                .execute(Tuple.of(
                        column(entries, AuditEntry::actor),
                        column(entries, entry -> entry.code().code()),
                        column(entries, AuditEntry::subject),
                        column(entries, AuditEntry::detail)))
                .mapEmpty();
    }

    private static String[] column(List<AuditEntry> entries, Function<AuditEntry, String> value) {
        return entries.stream().map(value).toArray(String[]::new);
    }

    Future<List<AuditRow>> newest(SqlClient client, int limit) {
        return client.preparedQuery(NEWEST).execute(Tuple.of(limit)).map(AuditStore::rows);
    }

    Future<List<AuditRow>> newestOf(SqlClient client, int limit, String subject) {
        return client.preparedQuery(NEWEST_OF).execute(Tuple.of(limit, subject)).map(AuditStore::rows);
    }

    private static List<AuditRow> rows(RowSet<Row> found) {
        return StreamSupport.stream(found.spliterator(), false)
                .map(row -> new AuditRow(
                        row.getLong("id"),
                        row.getOffsetDateTime("at").toInstant(),
                        row.getString("actor"),
                        row.getString("code"),
                        row.getString("subject"),
                        row.getString("detail")))
                .toList();
    }
}
