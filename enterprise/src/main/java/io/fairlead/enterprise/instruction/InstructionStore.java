package io.fairlead.enterprise.instruction;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.people.View;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQL of the instructions. */
final class InstructionStore {
    private static final String INSERT = """
            INSERT INTO instruction (device, sequence, enrolment, kind, subject, body, signature, key_id, not_after,
                                     created_by, created_at, reason)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """;
    /** Delivered if and only if the transaction commits; a hint, whoever hears it reads again. */
    private static final String NOTIFY = "SELECT pg_notify('fairlead_instruction', $1)";
    /** What waits for each device above a number, in one query for many devices. $3 now, $4 most per device. */
    private static final String WAITING = """
            SELECT w.device, i.sequence, i.body, i.signature, i.key_id
              FROM unnest($1::text[], $2::bigint[]) AS w (device, above)
              JOIN device d ON d.id = w.device
             CROSS JOIN LATERAL (
                SELECT n.sequence, n.body, n.signature, n.key_id
                  FROM instruction n
                 WHERE n.device = w.device AND n.sequence > w.above AND n.enrolment = d.enrolment
                   AND n.outcome IS NULL AND n.not_after > $3 AND n.cancelled_at IS NULL AND NOT d.muted
                 ORDER BY n.sequence LIMIT $4) i
             ORDER BY w.device, i.sequence
            """;

    private static final String DELIVERED = """
            UPDATE instruction i SET delivered_at = $3
              FROM unnest($1::text[], $2::bigint[]) AS g (device, sequence)
             WHERE i.device = g.device AND i.sequence = g.sequence AND i.delivered_at IS NULL
            """;
    /** One that was never delivered, out of date for instance, is in no journal, whatever its number. */
    private static final String JOURNALED = """
            UPDATE instruction i SET journaled_at = $3
              FROM unnest($1::text[], $2::bigint[]) AS j (device, up_to) JOIN device d ON d.id = j.device
             WHERE i.device = j.device AND i.sequence <= j.up_to AND i.journaled_at IS NULL AND i.delivered_at IS NOT NULL
               AND i.enrolment = d.enrolment
            """;
    /** The first word wins: a row that has an outcome is left as it is. */
    private static final String SETTLE = """
            UPDATE instruction i
               SET outcome = r.outcome, detail = r.detail, finished_at = r.finished_at, reported_at = $6,
                   journaled_at = coalesce(i.journaled_at, $6)
              FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[])
                   AS r (device, sequence, outcome, detail, finished_at)
             WHERE i.device = r.device AND i.sequence = r.sequence AND i.outcome IS NULL
            RETURNING i.device, i.sequence
            """;

    private static final String UNKNOWN = """
            SELECT r.device, r.sequence FROM unnest($1::text[], $2::bigint[]) AS r (device, sequence)
             WHERE NOT EXISTS (SELECT 1 FROM instruction i WHERE i.device = r.device AND i.sequence = r.sequence)
            """;
    /** Answers those that were named last before $3, or never, with all of their results so far. */
    private static final String COUNT_UNKNOWN = """
            INSERT INTO result_unknown AS u (device, results, named, named_at)
            SELECT r.device, count(*), count(*), $2 FROM unnest($1::text[]) AS r (device) GROUP BY r.device ORDER BY r.device
            ON CONFLICT (device) DO UPDATE
               SET results = u.results + excluded.results,
                   named = CASE WHEN u.named_at <= $3 THEN u.results + excluded.results ELSE u.named END,
                   named_at = CASE WHEN u.named_at <= $3 THEN excluded.named_at ELSE u.named_at END
            RETURNING device, results, named = results
            """;

    private static final String CANCEL_ALL = """
            UPDATE instruction SET cancelled_at = $3 WHERE device = $1 AND sequence = ANY ($2) AND cancelled_at IS NULL
            """;
    /** What an agent has in its journal cannot be taken back. $2 null for all of the device. */
    private static final String CANCEL = """
            UPDATE instruction SET cancelled_at = $3
             WHERE device = $1 AND ($2::bigint IS NULL OR sequence = $2) AND outcome IS NULL AND journaled_at IS NULL
               AND cancelled_at IS NULL AND not_after > $3
            RETURNING sequence
            """;

    /** By the index instruction_unfinished: as long as there are unfinished ones, not as many as there ever were. */
    private static final String UNFINISHED = """
            SELECT i.device, count(*)
              FROM instruction i JOIN device d ON d.id = i.device
             WHERE i.outcome IS NULL AND i.enrolment = d.enrolment AND (i.journaled_at IS NOT NULL OR (i.not_after > $1 AND i.cancelled_at IS NULL))
               AND fairlead_in_view(d.region, d.customer, d.model, $2, $3, $4)
             GROUP BY i.device
            """;

    /** What an agent has in its journal it has verified. */
    private static final String WAITING_FOR_SIGNERS = """
            SELECT DISTINCT i.device
              FROM instruction i JOIN device d ON d.id = i.device
             WHERE i.outcome IS NULL AND i.enrolment = d.enrolment AND i.journaled_at IS NULL AND i.not_after > $1
               AND i.key_id = ANY ($2)
             ORDER BY i.device
            """;

    /** A device and the number above which instructions wait for it. */
    record Above(DeviceId device, long sequence) {}

    /** A device and how many results it has sent of instructions that were never made. */
    record Strange(DeviceId device, long results) {}

    /** A row to be stored. */
    record Fresh(Wish wish, String enrolment, SignedOrder signed, Instant notAfter, Instant createdAt) {}

    Future<Void> insert(SqlClient client, Fresh row) {
        return client.preparedQuery(INSERT)
                .execute(Tuple.from(List.of(
                        row.wish().device().value(),
                        row.signed().sequence(),
                        row.enrolment(),
                        row.wish().act().kind(),
                        row.wish().act().detail(),
                        Buffer.buffer(row.signed().order()),
                        Buffer.buffer(row.signed().signature()),
                        row.signed().keyId(),
                        utc(row.notAfter()),
                        row.wish().doer(),
                        utc(row.createdAt()),
                        row.wish().reason())))
                .mapEmpty();
    }

    Future<Void> notifyOf(SqlClient client, DeviceId device) {
        return client.preparedQuery(NOTIFY).execute(Tuple.of(device.value())).mapEmpty();
    }

    /** By device; a device for which nothing waits is absent. */
    Future<Map<DeviceId, List<SignedOrder>>> waiting(
            SqlClient client, Collection<Above> wanted, Instant now, int most) {
        String[] devices = new String[wanted.size()];
        Long[] above = new Long[wanted.size()];
        int i = 0;
        for (Above one : wanted) {
            devices[i] = one.device().value();
            above[i++] = one.sequence();
        }
        return client.preparedQuery(WAITING)
                .execute(Tuple.of(devices, above, utc(now), most))
                .map(InstructionStore::byDevice);
    }

    private static Map<DeviceId, List<SignedOrder>> byDevice(RowSet<Row> rows) {
        Map<DeviceId, List<SignedOrder>> found = new HashMap<>();
        for (Row row : rows) {
            found.computeIfAbsent(new DeviceId(row.getString(0)), device -> new ArrayList<>())
                    .add(new SignedOrder(
                            row.getLong(1),
                            row.getBuffer(2).getBytes(),
                            row.getBuffer(3).getBytes(),
                            row.getString(4)));
        }
        return found;
    }

    Future<Void> delivered(SqlClient client, Map<DeviceId, List<SignedOrder>> given, Instant now) {
        List<String> devices = new ArrayList<>();
        List<Long> sequences = new ArrayList<>();
        given.forEach((device, orders) -> orders.forEach(order -> {
            devices.add(device.value());
            sequences.add(order.sequence());
        }));
        return client.preparedQuery(DELIVERED)
                .execute(Tuple.of(devices.toArray(String[]::new), sequences.toArray(Long[]::new), utc(now)))
                .mapEmpty();
    }

    Future<Void> journaled(SqlClient client, Map<DeviceId, Long> upTo, Instant now) {
        String[] devices = upTo.keySet().stream().map(DeviceId::value).toArray(String[]::new);
        return client.preparedQuery(JOURNALED)
                .execute(Tuple.of(devices, upTo.values().toArray(Long[]::new), utc(now)))
                .mapEmpty();
    }

    /** Those of the results that were the first word on their instruction. */
    Future<List<Result>> settle(SqlClient client, List<Result> results, Instant now) {
        String[] outcomes = new String[results.size()];
        String[] details = new String[results.size()];
        OffsetDateTime[] finished = new OffsetDateTime[results.size()];
        for (int i = 0; i < results.size(); i++) {
            Result result = results.get(i);
            outcomes[i] = result.outcome().name();
            details[i] = result.detail();
            finished[i] = utc(result.finishedAt());
        }
        return client.preparedQuery(SETTLE)
                .execute(Tuple.of(devices(results), sequences(results), outcomes, details, finished, utc(now)))
                .map(rows -> named(rows, results));
    }

    /** Those of the results whose instruction was never made. */
    Future<List<Result>> unknown(SqlClient client, List<Result> results) {
        return client.preparedQuery(UNKNOWN)
                .execute(Tuple.of(devices(results), (Object) sequences(results)))
                .map(rows -> named(rows, results));
    }

    /** Counts them, and answers the devices that are to be named now. */
    Future<List<Strange>> countUnknown(SqlClient client, List<Result> results, Instant now, Instant before) {
        return client.preparedQuery(COUNT_UNKNOWN)
                .execute(Tuple.of(devices(results), utc(now), utc(before)))
                .map(rows -> {
                    List<Strange> due = new ArrayList<>();
                    for (Row row : rows) {
                        if (row.getBoolean(2)) {
                            due.add(new Strange(new DeviceId(row.getString(0)), row.getLong(1)));
                        }
                    }
                    return due;
                });
    }

    private static List<Result> named(RowSet<Row> rows, List<Result> results) {
        Set<Above> named = new HashSet<>();
        for (Row row : rows) {
            named.add(new Above(new DeviceId(row.getString(0)), row.getLong(1)));
        }
        return results.stream()
                .filter(result -> named.contains(new Above(result.device(), result.sequence())))
                .toList();
    }

    private static String[] devices(List<Result> results) {
        return results.stream().map(result -> result.device().value()).toArray(String[]::new);
    }

    private static Long[] sequences(List<Result> results) {
        return results.stream().map(Result::sequence).toArray(Long[]::new);
    }

    Future<List<String>> waitingFor(SqlClient client, Collection<String> keyIds, Instant now) {
        return client.preparedQuery(WAITING_FOR_SIGNERS)
                .execute(Tuple.of(utc(now), (Object) keyIds.toArray(new String[0])))
                .map(rows -> {
                    List<String> devices = new ArrayList<>();
                    for (Row row : rows) {
                        devices.add(row.getString(0));
                    }
                    return devices;
                });
    }

    Future<Void> cancelAll(SqlClient client, DeviceId device, List<Long> sequences, Instant now) {
        return client.preparedQuery(CANCEL_ALL)
                .execute(Tuple.of(device.value(), sequences.toArray(Long[]::new), utc(now)))
                .mapEmpty();
    }

    /** The numbers of those that were taken back by it. */
    Future<List<Long>> cancel(SqlClient client, DeviceId device, @Nullable Long sequence, Instant now) {
        return client.preparedQuery(CANCEL)
                .execute(Tuple.of(device.value(), sequence, utc(now)))
                .map(rows -> {
                    List<Long> cancelled = new ArrayList<>();
                    rows.forEach(row -> cancelled.add(row.getLong(0)));
                    return cancelled;
                });
    }

    Future<Map<DeviceId, Integer>> unfinished(SqlClient client, Instant now, View view) {
        Tuple values = Tuple.of(utc(now), view.regions(), view.customers(), view.models());
        return client.preparedQuery(UNFINISHED).execute(values).map(rows -> {
            Map<DeviceId, Integer> counts = new HashMap<>();
            for (Row row : rows) {
                counts.put(new DeviceId(row.getString(0)), row.getInteger(1));
            }
            return counts;
        });
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
