package io.fairlead.enterprise.notification;

import static io.fairlead.enterprise.notification.OutboxStore.utc;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** SQL of the devices that went missing. */
final class MissingStore {
    private static final String LOOKED_AT = "SELECT looked_at FROM notification_watch FOR UPDATE";
    private static final String BEGIN = "INSERT INTO notification_watch (looked_at) VALUES ($1)";
    private static final String LOOKED = "UPDATE notification_watch SET looked_at = $1";
    /** $1, $2 between which last contacts lie; a subscription is told of what happens after it was made. */
    private static final String MISSING = """
            INSERT INTO notification_outbox (subscription, kind, device, at, body)
            SELECT s.id, 'device-missing', c.device, $3, jsonb_build_object('lastContact', c.last_contact)
              FROM device_contact c
              JOIN device d ON d.id = c.device
             CROSS JOIN LATERAL notification_wanted('device-missing', c.device, NULL) w
              JOIN notification_subscription s ON s.id = w.subscription
             WHERE c.last_contact > $1 AND c.last_contact <= $2 AND d.retired_at IS NULL
               AND s.created_at <= c.last_contact + ($3::timestamptz - $2::timestamptz)
               AND EXISTS (SELECT FROM notification_subscription)
             ORDER BY c.last_contact, c.device
            """;

    Future<Optional<Instant>> lookedAt(SqlClient client) {
        return client.query(LOOKED_AT)
                .execute()
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(
                                rows.iterator().next().getOffsetDateTime(0).toInstant()));
    }

    Future<Void> begin(SqlClient client, Instant now) {
        return client.preparedQuery(BEGIN).execute(Tuple.of(utc(now))).mapEmpty();
    }

    Future<Void> looked(SqlClient client, Instant now) {
        return client.preparedQuery(LOOKED).execute(Tuple.of(utc(now))).mapEmpty();
    }

    Future<Integer> missing(SqlClient client, Instant before, Instant now, Duration silent) {
        return client.preparedQuery(MISSING)
                .execute(Tuple.of(utc(before.minus(silent)), utc(now.minus(silent)), utc(now)))
                .map(rows -> rows.rowCount());
    }
}
