package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.people.View;
import io.fairlead.enterprise.remote.RemoteSession.Grant;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.StreamCause;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL of the remote sessions. */
final class SessionStore {
    static final String COLUMNS = """
            s.id, s.device, s.sequence, s.requested_by, s.reason, s.services, s.minutes, s.request_sha256, s.state,
            s.requested_at, s.granted, s.granted_at, s.until, s.receipt, s.signature, s.ended_at, s.cause, s.detail
            """;
    private static final String INSERT = """
            INSERT INTO remote_session (id, device, sequence, requested_by, reason, services, minutes, request_sha256,
                                        state, requested_at, detail, asked_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """;
    private static final String UPDATE = """
            UPDATE remote_session
               SET state = $2, granted = $3, granted_at = $4, until = $5, receipt = $6, signature = $7, ended_at = $8,
                   cause = $9, detail = $10
             WHERE id = $1
            """;
    private static final String FIND = "SELECT " + COLUMNS + " FROM remote_session s WHERE s.id = $1";
    private static final String LOCK = FIND + " FOR UPDATE";
    /** $1 a device or null for all. */
    private static final String LIST = "SELECT " + COLUMNS + """
              FROM remote_session s JOIN device d ON d.id = s.device
             WHERE ($1::text IS NULL OR s.device = $1) AND fairlead_in_view(d.region, d.customer, d.model, $3, $4, $5)
             ORDER BY s.ended_at IS NOT NULL, s.requested_at DESC LIMIT $2
            """;

    /** $1 a device or null for all. */
    private static final String IDS = """
            SELECT s.id FROM remote_session s JOIN device d ON d.id = s.device
             WHERE s.ended_at IS NULL AND ($1::text IS NULL OR s.device = $1)
               AND fairlead_in_view(d.region, d.customer, d.model, $2, $3, $4)
             ORDER BY s.requested_at
            """;

    /** $1 a device, $2 now. */
    private static final String MAY_ASK = """
            SELECT d.stolen_at IS NOT NULL, e.held_at IS NOT NULL,
                   e.epoch IS NOT NULL
                   AND NOT EXISTS (SELECT 1 FROM device_certificate c
                                    WHERE c.device = d.id AND c.enrolment = e.epoch AND c.revoked_at IS NULL
                                      AND c.not_after > $2)
              FROM device d LEFT JOIN device_enrolment e ON e.device = d.id WHERE d.id = $1
            """;

    private static final String ORGANISATION = "SELECT organisation FROM person WHERE name = $1";
    /** $1 now. A device is barred when nothing of it would be let in any more, or when it has enrolled anew. */
    private static final String OPEN = "SELECT " + COLUMNS + """
                   , d.muted OR d.stolen_at IS NOT NULL OR e.held_at IS NOT NULL
                     OR i.enrolment IS DISTINCT FROM d.enrolment
                     OR (e.epoch IS NOT NULL
                         AND NOT EXISTS (SELECT 1 FROM device_certificate c
                                          WHERE c.device = s.device AND c.enrolment = e.epoch AND c.revoked_at IS NULL
                                            AND c.not_after > $1)),
                   s.asked_by
              FROM remote_session s
              JOIN device d ON d.id = s.device
              JOIN instruction i ON i.device = s.device AND i.sequence = s.sequence
              LEFT JOIN device_enrolment e ON e.device = s.device
             WHERE s.ended_at IS NULL ORDER BY s.requested_at
            """;

    private static final String NOTIFY = "SELECT pg_notify('" + RemoteSessions.CHANNEL + "', $1)";
    /** Not while there is a recording of it: nobody could say any more of what, and who may see it. */
    private static final String FORGET = """
            DELETE FROM remote_session s
             WHERE s.ended_at <= $1
               AND NOT EXISTS (SELECT 1 FROM remote_stream t WHERE t.session = s.id AND t.recorded)
            """;

    /**
     * A session that is not over.
     *
     * @param barred whether its device is, by now
     * @param askedBy the account that asked for it; null when he whose it is did
     */
    record Open(
            RemoteSession session, boolean barred, @Nullable String askedBy) {}

    /** What stands against asking a device. */
    record Asked(boolean stolen, boolean held, boolean revoked) {}

    /** @param askedBy the account that asked for it; null when he whose it is did */
    Future<Void> insert(SqlClient client, RemoteSession one, @Nullable String askedBy) {
        return client.preparedQuery(INSERT)
                .execute(Tuple.from(Arrays.asList(
                        one.id(),
                        one.device().value(),
                        one.sequence(),
                        one.requestedBy(),
                        one.reason(),
                        ServiceWords.write(one.services()),
                        one.minutes(),
                        one.request(),
                        one.state().name(),
                        utc(one.requestedAt()),
                        one.detail(),
                        askedBy)))
                .compose(inserted -> announce(client, one.id()));
    }

    Future<Void> update(SqlClient client, RemoteSession one) {
        Grant grant = one.grant();
        StreamCause cause = one.cause();
        return client.preparedQuery(UPDATE)
                .execute(Tuple.from(Arrays.asList(
                        one.id(),
                        one.state().name(),
                        grant == null ? null : ServiceWords.write(grant.services()),
                        grant == null ? null : utc(grant.at()),
                        grant == null ? null : utc(grant.until()),
                        grant == null ? null : Buffer.buffer(grant.receipt().statement()),
                        grant == null ? null : Buffer.buffer(grant.receipt().signature()),
                        utc(one.endedAt()),
                        cause == null ? null : cause.name(),
                        one.detail())))
                .compose(updated -> announce(client, one.id()));
    }

    Future<Optional<RemoteSession>> find(SqlClient client, String id) {
        return client.preparedQuery(FIND).execute(Tuple.of(id)).map(SessionStore::first);
    }

    /** The same, and nobody else changes it until the caller's transaction ends. */
    Future<Optional<RemoteSession>> lock(SqlClient client, String id) {
        return client.preparedQuery(LOCK).execute(Tuple.of(id)).map(SessionStore::first);
    }

    /** Those that are not over, then the newest. */
    Future<List<RemoteSession>> list(SqlClient client, @Nullable DeviceId device, View view, int limit) {
        return client.preparedQuery(LIST)
                .execute(Tuple.of(
                        device == null ? null : device.value(), limit, view.regions(), view.customers(), view.models()))
                .map(rows -> {
                    List<RemoteSession> list = new ArrayList<>(rows.size());
                    rows.forEach(row -> list.add(session(row)));
                    return list;
                });
    }

    /** Those that are not over. */
    Future<List<String>> ids(SqlClient client, @Nullable DeviceId device, View view) {
        return client.preparedQuery(IDS)
                .execute(Tuple.of(
                        device == null ? null : device.value(), view.regions(), view.customers(), view.models()))
                .map(rows -> {
                    List<String> ids = new ArrayList<>(rows.size());
                    rows.forEach(row -> ids.add(row.getString(0)));
                    return ids;
                });
    }

    /** Nothing stands against a device that is not there: somebody else says that. */
    Future<Asked> mayAsk(SqlClient client, DeviceId device, Instant now) {
        return client.preparedQuery(MAY_ASK)
                .execute(Tuple.of(device.value(), utc(now)))
                .map(rows -> {
                    for (Row row : rows) {
                        return new Asked(row.getBoolean(0), row.getBoolean(1), row.getBoolean(2));
                    }
                    return new Asked(false, false, false);
                });
    }

    Future<Optional<String>> organisation(SqlClient client, String person) {
        return client.preparedQuery(ORGANISATION).execute(Tuple.of(person)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(row.getString(0));
            }
            return Optional.empty();
        });
    }

    Future<List<Open>> open(SqlClient client, Instant now) {
        return client.preparedQuery(OPEN).execute(Tuple.of(utc(now))).map(rows -> {
            List<Open> list = new ArrayList<>(rows.size());
            rows.forEach(row -> list.add(new Open(session(row), row.getBoolean(18), row.getString(19))));
            return list;
        });
    }

    /** Tells every node, when this transaction commits, to look at a session again. */
    Future<Void> announce(SqlClient client, String id) {
        return client.preparedQuery(NOTIFY).execute(Tuple.of(id)).mapEmpty();
    }

    /** How many there were. */
    Future<Integer> forget(SqlClient client, Instant before) {
        return client.preparedQuery(FORGET).execute(Tuple.of(utc(before))).map(RowSet::rowCount);
    }

    private static Optional<RemoteSession> first(RowSet<Row> rows) {
        for (Row row : rows) {
            return Optional.of(session(row));
        }
        return Optional.empty();
    }

    /** Of {@link #COLUMNS}, which stand first. */
    static RemoteSession session(Row row) {
        String cause = row.getString(16);
        OffsetDateTime ended = row.getOffsetDateTime(15);
        return new RemoteSession(
                row.getString(0),
                new DeviceId(row.getString(1)),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                ServiceWords.read(row.getArrayOfStrings(5)),
                row.getInteger(6),
                row.getString(7),
                SessionState.valueOf(row.getString(8)),
                row.getOffsetDateTime(9).toInstant(),
                grant(row),
                ended == null ? null : ended.toInstant(),
                cause == null ? null : StreamCause.valueOf(cause),
                row.getString(17));
    }

    private static @Nullable Grant grant(Row row) {
        return row.getOffsetDateTime(11) == null
                ? null
                : new Grant(
                        ServiceWords.read(row.getArrayOfStrings(10)),
                        row.getOffsetDateTime(11).toInstant(),
                        row.getOffsetDateTime(12).toInstant(),
                        new SignedText(
                                row.getBuffer(13).getBytes(), row.getBuffer(14).getBytes()));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
