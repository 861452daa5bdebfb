package io.fairlead.enterprise.fleet;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL of the contacts. */
final class ContactStore {
    /**
     * One round trip a poll. $2 presented token, $3 new token, $4 journaled, $5 version, $6 address, $7 now. The row is
     * locked first, so that two polls of one device are judged one after the other; a journal that does not fit changes
     * nothing.
     */
    private static final String POLLED = """
            WITH before AS (
                SELECT c.token_current, c.token_previous, c.previous_used, c.journaled, c.suspected_at, d.next_seq
                  FROM device_contact c JOIN device d ON d.id = c.device
                 WHERE c.device = $1 FOR NO KEY UPDATE OF c),
            judged AS (
                SELECT b.journaled, b.next_seq, b.suspected_at,
                       $4::bigint BETWEEN b.journaled AND b.next_seq AS fits,
                       $2::text IS DISTINCT FROM b.token_current
                           AND $2::text IS NOT DISTINCT FROM b.token_previous AS by_previous,
                       $2::text IS DISTINCT FROM b.token_current
                           AND (b.previous_used OR $2::text IS DISTINCT FROM b.token_previous) AS suspected
                  FROM before b),
            rolled AS (
                UPDATE device_contact c
                   SET last_contact = $7, address = $6, agent_version = $5, journaled = $4,
                       token_current = $3, token_previous = $2, previous_used = j.by_previous,
                       suspected = c.suspected + CASE WHEN j.suspected THEN 1 ELSE 0 END
                  FROM judged j WHERE c.device = $1 AND j.fits)
            SELECT fits, suspected, journaled, next_seq, suspected_at FROM judged
            """;
    /** Whoever changes the row writes the audit entry. */
    private static final String SUSPECT = """
            UPDATE device_contact SET suspected_at = $2
             WHERE device = $1 AND (suspected_at IS NULL OR suspected_at <= $3)
            """;
    /** Nothing is written when there is little news: polls keep the time of the contact fresh as well. */
    private static final String REPORTED = """
            UPDATE device_contact c
               SET last_contact = greatest(c.last_contact, $4), clock_offset_ms = r.clock_offset, dropped = r.dropped
              FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS r (device, clock_offset, dropped)
             WHERE c.device = r.device
               AND (c.last_contact IS NULL OR c.last_contact < $5
                    OR abs(c.clock_offset_ms - r.clock_offset) > 1000 OR c.dropped <> r.dropped)
            """;

    private static final String LOCK = """
            SELECT 1 FROM device_contact WHERE device = ANY ($1) ORDER BY device FOR NO KEY UPDATE
            """;

    /** What the row said before a poll, judged. */
    record Judged(
            boolean fits,
            boolean suspected,
            long journaled,
            long newest,
            @Nullable Instant suspectedAt) {}

    /** Empty when there is no such device. */
    Future<Optional<Judged>> polled(SqlClient client, Polled poll, String fresh, Instant now) {
        return client.preparedQuery(POLLED)
                .execute(Tuple.of(
                        poll.device().value(),
                        poll.token(),
                        fresh,
                        poll.journaled(),
                        poll.agentVersion(),
                        poll.address(),
                        now.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(judged(rows.iterator().next())));
    }

    private static Judged judged(Row row) {
        OffsetDateTime suspectedAt = row.getOffsetDateTime(4);
        return new Judged(
                row.getBoolean(0),
                row.getBoolean(1),
                row.getLong(2),
                row.getLong(3),
                suspectedAt == null ? null : suspectedAt.toInstant());
    }

    /** Whether the last entry is older than the given time, so that it is the caller's to write another. */
    Future<Boolean> suspect(SqlClient client, DeviceId device, Instant now, Instant olderThan) {
        return client.preparedQuery(SUSPECT)
                .execute(Tuple.of(device.value(), now.atOffset(ZoneOffset.UTC), olderThan.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount() == 1);
    }

    Future<Void> lock(SqlClient client, Collection<DeviceId> wanted) {
        return client.preparedQuery(LOCK)
                .execute(Tuple.of((Object) wanted.stream().map(DeviceId::value).toArray(String[]::new)))
                .mapEmpty();
    }

    Future<Void> reported(SqlClient client, List<Reported> reports, Instant now, Instant stale) {
        String[] devices = new String[reports.size()];
        Long[] offsets = new Long[reports.size()];
        Long[] dropped = new Long[reports.size()];
        for (int i = 0; i < reports.size(); i++) {
            Reported report = reports.get(i);
            devices[i] = report.device().value();
            offsets[i] = report.clockOffsetMillis();
            dropped[i] = report.dropped();
        }
        return client.preparedQuery(REPORTED)
                .execute(Tuple.of(
                        devices, offsets, dropped, now.atOffset(ZoneOffset.UTC), stale.atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }
}
