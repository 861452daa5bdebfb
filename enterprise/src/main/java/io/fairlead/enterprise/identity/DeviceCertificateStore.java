package io.fairlead.enterprise.identity;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of {@code device_enrolment} and {@code device_certificate}. */
final class DeviceCertificateStore {
    private static final String ENROL = """
            INSERT INTO device_enrolment (device, epoch, enrolled_at) VALUES ($1, $2, $3)
            ON CONFLICT (device) DO UPDATE
               SET epoch = excluded.epoch, enrolled_at = excluded.enrolled_at, held_at = NULL
            """;

    private static final String LOCK = """
            SELECT epoch FROM device_enrolment WHERE device = $1 FOR UPDATE
            """;

    private static final String REVOKE = """
            UPDATE device_certificate SET revoked_at = $2, revoked_why = $3
            WHERE device = $1 AND revoked_at IS NULL
            """;

    private static final String INSERT = """
            INSERT INTO device_certificate
                (serial, device, enrolment, key_sha256, certificate, not_before, not_after, issued_at, replaces, issuer)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """;

    private static final String STANDING = """
            SELECT c.revoked_at IS NOT NULL OR e.epoch IS DISTINCT FROM c.enrolment AS revoked,
                   e.held_at IS NOT NULL AS held, c.first_used_at IS NULL AS unused, c.replaces
            FROM device_certificate c LEFT JOIN device_enrolment e ON e.device = c.device
            WHERE c.serial = $1 AND c.device = $2 AND c.enrolment = $3
            """;

    private static final String USED = """
            UPDATE device_certificate SET first_used_at = $2 WHERE serial = $1 AND first_used_at IS NULL
            """;

    private static final String SUPERSEDE = """
            UPDATE device_certificate SET revoked_at = $2, revoked_why = $3 WHERE serial = $1 AND revoked_at IS NULL
            """;

    private static final String RENEWAL = """
            SELECT e.epoch = c.enrolment AND (c.revoked_at IS NULL OR c.revoked_why = $4) AS may_renew, e.held_at IS NOT NULL AS held,
                   c.revoked_at IS NOT NULL AS dead, c.key_sha256,
                   n.key_sha256 AS next_key, n.certificate AS next_certificate, n.revoked_at IS NOT NULL AS next_dead,
                   (SELECT count(*) FROM device_certificate r
                     WHERE r.device = c.device AND r.replaces IS NOT NULL AND r.issued_at > $5) AS lately
            FROM device_certificate c
            JOIN device_enrolment e ON e.device = c.device
            LEFT JOIN device_certificate n ON n.replaces = c.serial
            WHERE c.serial = $1 AND c.device = $2 AND c.enrolment = $3
            """;

    private static final String FIND = """
            SELECT c.certificate
            FROM device_certificate c JOIN device_enrolment e ON e.device = c.device AND e.epoch = c.enrolment
            WHERE c.serial = $1 AND c.revoked_at IS NULL
            """;

    private static final String BY_SHA256 = """
            SELECT c.certificate
            FROM device_certificate c JOIN device_enrolment e ON e.device = c.device AND e.epoch = c.enrolment
            WHERE c.device = $1 AND sha256(c.certificate) = decode($2, 'hex')
              AND (c.revoked_at IS NULL OR c.revoked_why = $3)
            """;

    private static final String EVER = """
            SELECT certificate FROM device_certificate WHERE device = $1 AND sha256(certificate) = decode($2, 'hex')
            """;
    private static final String EVERY = "SELECT certificate FROM device_certificate WHERE device = $1";

    private static final String HOLD = """
            UPDATE device_enrolment SET held_at = $2 WHERE device = $1
            """;

    private static final String NOTIFY = """
            SELECT pg_notify($1, $2)
            """;

    /** Why a certificate is dead whose successor was used; programs decide by it. */
    static final String SUPERSEDED = "renewed";

    /**
     * What the rows say of a certificate.
     *
     * @param replaces the serial of the one that it was renewed from; null when it came by a code
     */
    record Standing(
            boolean revoked,
            boolean held,
            boolean unused,
            @Nullable String replaces) {
        Verdict verdict() {
            return revoked ? Verdict.REVOKED : held ? Verdict.HELD : Verdict.GOOD;
        }
    }

    /**
     * What the rows say of a certificate that asks for its successor.
     *
     * @param mayRenew that nothing but its own successor, if at all, has killed it
     * @param held that two holders of the identity are known
     * @param dead that its successor was used
     * @param key the hash of its public key
     * @param next its successor, if there is one
     * @param lately how often the device's certificates were renewed in the time counted
     */
    record Renewable(boolean mayRenew, boolean held, boolean dead, String key, Optional<Next> next, long lately) {}

    /** A certificate that was issued by renewal. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Next(String key, byte[] certificate, boolean dead) {}

    /** Makes an epoch the one that counts, and holds the device's row until the transaction ends. */
    Future<Void> enrol(SqlConnection connection, DeviceIdentity identity, Instant now) {
        return connection
                .preparedQuery(ENROL)
                .execute(Tuple.of(identity.device(), identity.epoch(), time(now)))
                .mapEmpty();
    }

    /** Holds the device's row, if it has one, until the transaction ends. */
    Future<Void> lock(SqlConnection connection, String device) {
        return connection.preparedQuery(LOCK).execute(Tuple.of(device)).mapEmpty();
    }

    /** How many certificates died by this. */
    Future<Integer> revoke(SqlConnection connection, String device, String why, Instant now) {
        return connection
                .preparedQuery(REVOKE)
                .execute(Tuple.of(device, time(now), why))
                .map(rows -> rows.rowCount());
    }

    /** @param replaces the serial of the certificate that asked for it by renewal; null for a new enrolment */
    Future<Void> insert(
            SqlConnection connection,
            DeviceFacts facts,
            String keySha256,
            byte[] der,
            Instant now,
            @Nullable String replaces) {
        DeviceIdentity identity = facts.identity();
        return connection
                .preparedQuery(INSERT)
                .execute(Tuple.of(
                        identity.serial(),
                        identity.device(),
                        identity.epoch(),
                        keySha256,
                        Buffer.buffer(der),
                        time(facts.notBefore()),
                        time(facts.notAfter()),
                        time(now),
                        replaces,
                        DeviceCertificates.certificate(der)
                                .getIssuerX500Principal()
                                .getName()))
                .mapEmpty();
    }

    /** Empty when there is no such certificate of that device and enrolment. */
    Future<Optional<Standing>> standing(SqlClient client, DeviceIdentity identity) {
        return client.preparedQuery(STANDING)
                .execute(Tuple.of(identity.serial(), identity.device(), identity.epoch()))
                .map(rows -> {
                    for (Row row : rows) {
                        return Optional.of(new Standing(
                                row.getBoolean("revoked"),
                                row.getBoolean("held"),
                                row.getBoolean("unused"),
                                row.getString("replaces")));
                    }
                    return Optional.empty();
                });
    }

    /** Whether this was the first use. */
    Future<Boolean> used(SqlClient client, String serial, Instant now) {
        return client.preparedQuery(USED).execute(Tuple.of(serial, time(now))).map(rows -> rows.rowCount() > 0);
    }

    /** The one that was renewed dies. */
    Future<Void> supersede(SqlConnection connection, String serial, Instant now) {
        return connection
                .preparedQuery(SUPERSEDE)
                .execute(Tuple.of(serial, time(now), SUPERSEDED))
                .mapEmpty();
    }

    /**
     * Empty when there is no such certificate of that device and enrolment.
     *
     * @param since when renewals begin to count
     */
    Future<Optional<Renewable>> renewable(SqlConnection connection, DeviceIdentity identity, Instant since) {
        return connection
                .preparedQuery(RENEWAL)
                .execute(Tuple.of(identity.serial(), identity.device(), identity.epoch(), SUPERSEDED, time(since)))
                .map(rows -> {
                    for (Row row : rows) {
                        return Optional.of(new Renewable(
                                row.getBoolean("may_renew"),
                                row.getBoolean("held"),
                                row.getBoolean("dead"),
                                row.getString("key_sha256"),
                                next(row),
                                row.getLong("lately")));
                    }
                    return Optional.empty();
                });
    }

    private static Optional<Next> next(Row row) {
        String key = row.getString("next_key");
        return key == null
                ? Optional.empty()
                : Optional.of(new Next(key, row.getBuffer("next_certificate").getBytes(), row.getBoolean("next_dead")));
    }

    /** The DER of a certificate that is good at this moment. */
    Future<Optional<byte[]>> find(SqlConnection connection, String serial) {
        return connection.preparedQuery(FIND).execute(Tuple.of(serial)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(row.getBuffer("certificate").getBytes());
            }
            return Optional.empty();
        });
    }

    /** The DER of a certificate of the device's present enrolment that nothing but its own successor has killed. */
    Future<Optional<byte[]>> bySha256(SqlClient client, String device, String sha256) {
        return client.preparedQuery(BY_SHA256)
                .execute(Tuple.of(device, sha256, SUPERSEDED))
                .map(DeviceCertificateStore::certificate);
    }

    /** Whatever became of it since. */
    Future<Optional<byte[]>> ever(SqlClient client, String device, String sha256) {
        return client.preparedQuery(EVER).execute(Tuple.of(device, sha256)).map(DeviceCertificateStore::certificate);
    }

    private static Optional<byte[]> certificate(RowSet<Row> rows) {
        for (Row row : rows) {
            return Optional.of(row.getBuffer("certificate").getBytes());
        }
        return Optional.empty();
    }

    /** All that a device ever had. */
    Future<List<byte[]>> every(SqlClient client, String device) {
        return client.preparedQuery(EVERY).execute(Tuple.of(device)).map(rows -> {
            List<byte[]> found = new ArrayList<>();
            rows.forEach(row -> found.add(row.getBuffer("certificate").getBytes()));
            return found;
        });
    }

    /** @param since null for no longer */
    Future<Void> hold(SqlConnection connection, String device, @Nullable Instant since) {
        return connection
                .preparedQuery(HOLD)
                .execute(Tuple.of(device, since == null ? null : time(since)))
                .mapEmpty();
    }

    /** Tells every node, when this transaction commits. */
    Future<Void> announce(SqlConnection connection, String device) {
        return connection
                .preparedQuery(NOTIFY)
                .execute(Tuple.of(DeviceCertificates.CHANNEL, device))
                .mapEmpty();
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
