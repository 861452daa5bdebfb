package io.fairlead.enterprise.identity;

import io.fairlead.enterprise.identity.IdentityRecords.IdentityRecord;
import io.fairlead.enterprise.kernel.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL of what is on record about identities. */
final class IdentityRecordStore {
    private static final String STANDING = """
            SELECT e.enrolled_at, a.number, a.confirmed_at
              FROM device_enrolment e
              LEFT JOIN device_anchors a ON a.device = e.device AND a.enrolment = e.epoch
             WHERE e.device = $1
            """;
    private static final String CERTIFICATES = """
            SELECT c.serial, c.issuer, c.key_sha256, e.epoch IS NOT DISTINCT FROM c.enrolment, c.not_before, c.not_after,
                   c.issued_at, c.first_used_at, c.revoked_at, c.revoked_why, c.replaces IS NOT NULL
              FROM device_certificate c LEFT JOIN device_enrolment e ON e.device = c.device
             WHERE c.device = $1 ORDER BY c.issued_at DESC, c.serial LIMIT 20
            """;

    Future<IdentityRecord> find(Database database, String device) {
        Tuple tuple = Tuple.of(device);
        return database.pool().preparedQuery(CERTIFICATES).execute(tuple).compose(rows -> {
            List<IssuedCertificate> certificates = new ArrayList<>(rows.size());
            for (Row row : rows) {
                certificates.add(certificate(row));
            }
            return database.pool().preparedQuery(STANDING).execute(tuple).map(found -> {
                for (Row row : found) {
                    return new IdentityRecord(instant(row, 0), row.getLong(1), instant(row, 2), certificates);
                }
                return new IdentityRecord(null, null, null, certificates);
            });
        });
    }

    private static IssuedCertificate certificate(Row row) {
        return new IssuedCertificate(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getBoolean(3),
                row.getOffsetDateTime(4).toInstant(),
                row.getOffsetDateTime(5).toInstant(),
                row.getOffsetDateTime(6).toInstant(),
                instant(row, 7),
                instant(row, 8),
                row.getString(9),
                row.getBoolean(10));
    }

    private static @Nullable Instant instant(Row row, int column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
