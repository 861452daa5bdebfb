package io.fairlead.enterprise.audit;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
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

    private static final String LIST = """
            SELECT e.id, e.at, e.actor, e.code, e.subject, e.detail, s.number
            FROM (SELECT * FROM audit_entry e %s ORDER BY e.id DESC LIMIT %d) AS e
            LEFT JOIN audit_seal s ON s.entry = e.id
            ORDER BY e.id DESC
            """;

    private static final String PAGE = """
            SELECT e.id, e.at, e.actor, e.code, e.subject, e.detail, s.number, encode(s.hash, 'hex') AS hash
            FROM (SELECT * FROM audit_entry e %s ORDER BY e.id LIMIT %d) AS e
            LEFT JOIN audit_seal s ON s.entry = e.id
            ORDER BY e.id
            """;

    private static final String SEALED = """
            SELECT e.id, e.at, e.actor, e.code, e.subject, e.detail, s.number, encode(s.hash, 'hex') AS hash
            FROM audit_seal s JOIN audit_entry e ON e.id = s.entry
            WHERE s.number > $1 ORDER BY s.number LIMIT $2
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

    Future<List<AuditRow>> list(SqlClient client, AuditFilter filter, int limit) {
        Conditions conditions = Conditions.of(filter);
        return client.preparedQuery(LIST.formatted(conditions.where(), limit))
                .execute(conditions.values())
                .map(AuditStore::rows);
    }

    /** The oldest entries that fit, with ids above the given one. */
    Future<List<ExportRow>> page(SqlClient client, AuditFilter filter, long after, int limit) {
        Conditions conditions = Conditions.of(filter).and("e.id > ", after);
        return client.preparedQuery(PAGE.formatted(conditions.where(), limit))
                .execute(conditions.values())
                .map(AuditStore::exported);
    }

    /** Sealed entries in order of their numbers, above the given one. */
    Future<List<ExportRow>> sealed(SqlClient client, long after, int limit) {
        return client.preparedQuery(SEALED).execute(Tuple.of(after, limit)).map(AuditStore::exported);
    }

    private static List<ExportRow> exported(RowSet<Row> found) {
        return StreamSupport.stream(found.spliterator(), false)
                .map(row -> new ExportRow(row(row), Optional.ofNullable(row.getString("hash"))))
                .toList();
    }

    private static List<AuditRow> rows(RowSet<Row> found) {
        return StreamSupport.stream(found.spliterator(), false)
                .map(AuditStore::row)
                .toList();
    }

    private static AuditRow row(Row row) {
        return new AuditRow(
                row.getLong("id"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("actor"),
                row.getString("code"),
                row.getString("subject"),
                row.getString("detail"),
                Optional.ofNullable(row.getLong("number")));
    }
}
