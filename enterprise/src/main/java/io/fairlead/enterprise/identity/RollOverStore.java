package io.fairlead.enterprise.identity;

import static io.fairlead.enterprise.identity.DeviceCertificateStore.time;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the rows say of a roll-over: who pins what, and whose certificates are by which issuer. */
final class RollOverStore {
    /** One step at a time over all nodes: any number that nobody else locks. */
    private static final String LOCK = """
            SELECT pg_advisory_xact_lock(4711030201)
            """;

    private static final String NOTIFY = """
            SELECT pg_notify($1, '')
            """;

    /** A device is active while it has a certificate that it could use now. */
    private static final String ACTIVE = """
            SELECT c.device, coalesce(max(a.number), 0) AS number, bool_or(c.issuer <> $2) AS old
              FROM device_certificate c
              JOIN device_enrolment e ON e.device = c.device AND e.epoch = c.enrolment
              LEFT JOIN device_anchors a ON a.device = c.device AND a.enrolment = c.enrolment
             WHERE c.revoked_at IS NULL AND c.not_after > $1
             GROUP BY c.device ORDER BY c.device
            """;

    private static final String CONFIRM = """
            INSERT INTO device_anchors (device, enrolment, number, confirmed_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (device) DO UPDATE
               SET enrolment = excluded.enrolment, number = excluded.number, confirmed_at = excluded.confirmed_at
            """;

    private static final String ISSUER = """
            SELECT issuer FROM device_certificate WHERE serial = $1
            """;

    private static final String SIGNERS = """
            SELECT key_id, certificate FROM signer_certificate
            """;

    /**
     * An active device.
     *
     * @param number of the authorities that it says it pins
     * @param old whether it may still use a certificate by another issuer than the present one
     */
    record Active(String device, long number, boolean old) {}

    Future<Void> lock(SqlConnection connection) {
        return connection.query(LOCK).execute().mapEmpty();
    }

    Future<Void> announce(SqlConnection connection) {
        return connection
                .preparedQuery(NOTIFY)
                .execute(Tuple.of(RollOver.CHANNEL))
                .mapEmpty();
    }

    /** @param issuer the name of the issuer of devices that issues now */
    Future<List<Active>> active(SqlClient client, Instant now, String issuer) {
        return client.preparedQuery(ACTIVE).execute(Tuple.of(time(now), issuer)).map(rows -> {
            List<Active> found = new ArrayList<>();
            for (Row row : rows) {
                found.add(new Active(row.getString("device"), row.getLong("number"), row.getBoolean("old")));
            }
            return found;
        });
    }

    Future<Void> confirm(SqlClient client, DeviceIdentity device, long number, Instant now) {
        return client.preparedQuery(CONFIRM)
                .execute(Tuple.of(device.device(), device.epoch(), number, time(now)))
                .mapEmpty();
    }

    /** The name of the issuer of a certificate; empty for one that was never issued. */
    Future<String> issuer(SqlClient client, String serial) {
        return client.preparedQuery(ISSUER).execute(Tuple.of(serial)).map(rows -> {
            for (Row row : rows) {
                return row.getString("issuer");
            }
            return "";
        });
    }

    /** All certificates that ever signed an instruction, by key id. */
    Future<Map<String, byte[]>> signers(SqlClient client) {
        return client.query(SIGNERS).execute().map(rows -> {
            Map<String, byte[]> found = new LinkedHashMap<>();
            for (Row row : rows) {
                found.put(row.getString("key_id"), row.getBuffer("certificate").getBytes());
            }
            return found;
        });
    }
}
