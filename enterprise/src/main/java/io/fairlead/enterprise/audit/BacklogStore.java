package io.fairlead.enterprise.audit;

import io.fairlead.enterprise.audit.Backlog.Unsent;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;

/** What waits to be sealed and to be sent on. Ages are by the database's clock, which also wrote the times. */
final class BacklogStore {
    /** From where the sealer stands, or from the newest seal if that is lower: a forged head hides no rows. */
    private static final String UNSEALED = """
            SELECT count(*) AS waiting, coalesce(extract(epoch FROM clock_timestamp() - min(w.at)), 0)::float8 AS age
            FROM (SELECT e.at FROM audit_entry e
                  WHERE e.id > least(coalesce((SELECT settled FROM audit_head), 0),
                                     coalesce((SELECT max(entry) FROM audit_seal), 0))
                    AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry = e.id)
                  ORDER BY e.id LIMIT %d) AS w
            """.formatted(Backlog.MOST_ROWS);

    private static final String UNSENT = """
            SELECT greatest(0, coalesce((SELECT max(number) FROM audit_seal), 0) - coalesce(c.number, 0)) AS waiting,
                   c.moved_at,
                   extract(epoch FROM clock_timestamp() - greatest(c.moved_at,
                       (SELECT e.at FROM audit_seal s JOIN audit_entry e ON e.id = s.entry
                        WHERE s.number > coalesce(c.number, 0) ORDER BY s.number LIMIT 1)))::float8 AS age
            FROM (SELECT) AS one LEFT JOIN audit_syslog c ON c.target = $1
            """;

    Future<Backlog> unsealed(SqlClient client) {
        return client.preparedQuery(UNSEALED).execute().map(rows -> {
            Row row = rows.iterator().next();
            return new Backlog(row.getLong("waiting"), seconds(row.getDouble("age")), Optional.empty());
        });
    }

    /** @param target as its cursor is kept under */
    Future<Unsent> unsent(SqlClient client, String target) {
        return client.preparedQuery(UNSENT).execute(Tuple.of(target)).map(rows -> {
            Row row = rows.iterator().next();
            Double age = row.getDouble("age");
            return new Unsent(
                    target,
                    row.getLong("waiting"),
                    age == null ? Duration.ZERO : seconds(age),
                    Optional.ofNullable(row.getOffsetDateTime("moved_at")).map(OffsetDateTime::toInstant));
        });
    }

    private static Duration seconds(double age) {
        return Duration.ofSeconds(Math.max(0, (long) age));
    }
}
