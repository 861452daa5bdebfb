package io.fairlead.enterprise.status;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;

/** Rows of {@code alarm} that the enterprise itself writes. */
final class OwnAlarmStore {
    private static final String RAISE = """
            INSERT INTO alarm (device, code, severity, text, raised_at, last_seen, count, received_at)
            VALUES ($1, $2, $3, $4, $5, $5, 1, $5)
            ON CONFLICT (device, code) WHERE cleared_at IS NULL
            DO UPDATE SET severity = excluded.severity, text = excluded.text, last_seen = excluded.last_seen
            """;

    private static final String CLEAR =
            "UPDATE alarm SET cleared_at = $3 WHERE device = $1 AND code = $2 AND cleared_at IS NULL";

    private static final String CLEAR_OTHERS = """
            UPDATE alarm SET cleared_at = $3 WHERE code = $1 AND cleared_at IS NULL AND device <> ALL ($2)
            """;

    Future<Void> raise(SqlConnection connection, String device, String code, OwnAlarms.Raised raised, Instant now) {
        return connection
                .preparedQuery(RAISE)
                .execute(Tuple.of(device, code, raised.severity().key(), raised.text(), now.atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }

    Future<Void> clear(SqlConnection connection, String device, String code, Instant now) {
        return connection
                .preparedQuery(CLEAR)
                .execute(Tuple.of(device, code, now.atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }

    Future<Void> clearOthers(SqlConnection connection, String code, Collection<String> but, Instant now) {
        return connection
                .preparedQuery(CLEAR_OTHERS)
                .execute(Tuple.of(code, but.toArray(new String[0]), now.atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }
}
