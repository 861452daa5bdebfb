package io.fairlead.enterprise.identity;

import static io.fairlead.enterprise.identity.DeviceCertificateStore.time;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Certificates near their end, and what was said of them. */
final class ExpiryStore {
    /**
     * The newest certificate of each device, when three quarters of its life are over: its agent was to renew it after two
     * thirds. One that has ended longer ago than it lived is nobody's concern any longer.
     */
    private static final String OVERDUE = """
            SELECT device, serial, not_after
              FROM (SELECT DISTINCT ON (c.device) c.device, c.serial, c.not_before, c.not_after
                      FROM device_certificate c
                      JOIN device_enrolment e ON e.device = c.device AND e.epoch = c.enrolment
                     WHERE c.revoked_at IS NULL
                     ORDER BY c.device, c.not_after DESC) newest
             WHERE $1 > not_before + (not_after - not_before) * 0.75 AND not_after < $2
               AND $1 < not_after + (not_after - not_before)
             ORDER BY device
            """;

    private static final String WARN = """
            INSERT INTO expiry_warning (serial, days, warned_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
            """;

    /** A device's certificate that should have been renewed. */
    record Overdue(String device, String serial, Instant notAfter) {}

    Future<List<Overdue>> overdue(SqlClient client, Instant now, Duration ahead) {
        return client.preparedQuery(OVERDUE)
                .execute(Tuple.of(time(now), time(now.plus(ahead))))
                .map(rows -> {
                    List<Overdue> found = new ArrayList<>();
                    for (Row row : rows) {
                        found.add(new Overdue(
                                row.getString("device"),
                                row.getString("serial"),
                                row.getOffsetDateTime("not_after").toInstant()));
                    }
                    return found;
                });
    }

    /** Whether this was not said before, by any node. */
    Future<Boolean> warn(SqlConnection connection, String serial, int days, Instant now) {
        return connection
                .preparedQuery(WARN)
                .execute(Tuple.of(serial, days, time(now)))
                .map(rows -> rows.rowCount() > 0);
    }
}
