package io.fairlead.enterprise.identity;

import static io.fairlead.enterprise.identity.DeviceCertificateStore.time;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;

/** Rows of {@code enrolment_code}. */
final class EnrolmentCodeStore {
    private static final String INSERT = """
            INSERT INTO enrolment_code (code, device, salt, secret_sha256, created_at, created_by, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;

    private static final String KILL_OPEN = """
            UPDATE enrolment_code SET killed_at = $2
            WHERE device = $1 AND killed_at IS NULL AND redeemed_at IS NULL AND expires_at >= $2
            """;

    private static final String LOCK = """
            SELECT code, device, salt, secret_sha256, expires_at, wrong, killed_at, key_sha256, serial
            FROM enrolment_code WHERE code = $1 FOR UPDATE
            """;

    private static final String WRONG = """
            UPDATE enrolment_code SET wrong = wrong + 1, killed_at = CASE WHEN $2 THEN $3 ELSE killed_at END
            WHERE code = $1
            """;

    private static final String REDEEMED = """
            UPDATE enrolment_code SET redeemed_at = $2, key_sha256 = $3, serial = $4 WHERE code = $1
            """;

    Future<Void> insert(SqlConnection connection, EnrolmentCode code, String actor, Instant now) {
        return connection
                .preparedQuery(INSERT)
                .execute(Tuple.of(
                        code.code(),
                        code.device(),
                        Buffer.buffer(code.salt()),
                        Buffer.buffer(code.secretSha256()),
                        time(now),
                        actor,
                        time(code.expiresAt())))
                .mapEmpty();
    }

    /** How many open codes of the device died by this. */
    Future<Integer> killOpen(SqlConnection connection, String device, Instant now) {
        return connection
                .preparedQuery(KILL_OPEN)
                .execute(Tuple.of(device, time(now)))
                .map(rows -> rows.rowCount());
    }

    /** Finds a code and holds its row until the transaction ends: attempts at one code go one after the other. */
    Future<Optional<EnrolmentCode>> lock(SqlConnection connection, String code) {
        return connection.preparedQuery(LOCK).execute(Tuple.of(code)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(code(row));
            }
            return Optional.empty();
        });
    }

    Future<Void> wrong(SqlConnection connection, EnrolmentCode code, boolean kill, Instant now) {
        return connection
                .preparedQuery(WRONG)
                .execute(Tuple.of(code.code(), kill, time(now)))
                .mapEmpty();
    }

    Future<Void> redeemed(SqlConnection connection, EnrolmentCode code, String key, String serial, Instant now) {
        return connection
                .preparedQuery(REDEEMED)
                .execute(Tuple.of(code.code(), time(now), key, serial))
                .mapEmpty();
    }

    private static EnrolmentCode code(Row row) {
        return new EnrolmentCode(
                row.getString("code"),
                row.getString("device"),
                row.getBuffer("salt").getBytes(),
                row.getBuffer("secret_sha256").getBytes(),
                row.getOffsetDateTime("expires_at").toInstant(),
                row.getInteger("wrong"),
                row.getOffsetDateTime("killed_at") != null,
                row.getString("key_sha256"),
                row.getString("serial"));
    }
}
