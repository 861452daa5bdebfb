package io.fairlead.enterprise.audit;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/** Rows of {@code audit_syslog}. */
final class SyslogStore {
    private static final String CURSOR = "SELECT number FROM audit_syslog WHERE target = $1";

    private static final String MOVE = """
            INSERT INTO audit_syslog AS known (target, number) VALUES ($1, $2)
            ON CONFLICT (target) DO UPDATE SET number = excluded.number, moved_at = now()
            WHERE known.number < excluded.number
            """;

    /** The number of the last row that this receiver confirmed; 0 for none. */
    Future<Long> cursor(SqlClient client, String target) {
        return client.preparedQuery(CURSOR)
                .execute(Tuple.of(target))
                .map(rows -> rows.size() == 0 ? 0L : rows.iterator().next().getLong("number"));
    }

    Future<Void> move(SqlClient client, String target, long number) {
        return client.preparedQuery(MOVE).execute(Tuple.of(target, number)).mapEmpty();
    }
}
