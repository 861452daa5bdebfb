package io.fairlead.enterprise.status;

import io.fairlead.enterprise.status.GroupRows.EventRow;
import io.fairlead.enterprise.status.GroupRows.ItemKey;
import io.fairlead.enterprise.status.GroupRows.MessageKey;
import io.fairlead.enterprise.status.GroupRows.MessageRow;
import io.fairlead.enterprise.status.GroupRows.QuarantineRow;
import io.fairlead.enterprise.status.GroupRows.StreamKey;
import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;

/** SQL of the group commit. Every statement takes arrays, so that a group of any size is a handful of statements. */
final class StatusStore {
    /** Rows of new spools, for registered devices alone; 500 a device, and ten new ones an hour. */
    private static final String OPEN = """
            INSERT INTO device_stream (device, epoch, created_at)
            SELECT w.device, w.epoch, $3::timestamptz
              FROM unnest($1::text[], $2::text[]) AS w (device, epoch) JOIN device d ON d.id = w.device
             WHERE NOT EXISTS (SELECT 1 FROM device_stream s WHERE s.device = w.device AND s.epoch = w.epoch)
               AND (SELECT count(*) FROM device_stream s WHERE s.device = w.device) < 500
               AND (SELECT count(*) FROM device_stream s
                     WHERE s.device = w.device AND s.created_at > $3::timestamptz - interval '1 hour') < 10
             ORDER BY w.device, w.epoch
            ON CONFLICT (device, epoch) DO NOTHING
            """;
    /** In one order at every node, so that two groups wait for each other in turn and not in a ring. */
    private static final String LOCK = """
            SELECT s.device, s.epoch, s.last_seq
              FROM device_stream s JOIN unnest($1::text[], $2::text[]) AS w (device, epoch)
                   ON s.device = w.device AND s.epoch = w.epoch
             ORDER BY s.device, s.epoch FOR NO KEY UPDATE OF s
            """;

    private static final String KNOWN_ITEMS = """
            SELECT l.device, l.item, l.id
              FROM unnest($1::text[], $2::text[]) AS c (device, item)
              JOIN latest_value l ON l.device = c.device AND l.item = c.item
            """;
    /** Without a value yet: the statement that has it follows in the same transaction. */
    private static final String NEW_ITEMS = """
            INSERT INTO latest_value (device, item, observed_at, received_at, first_received)
            SELECT c.device, c.item, '-infinity', $3::timestamptz, $3 FROM unnest($1::text[], $2::text[]) AS c (device, item)
            RETURNING device, item, id
            """;

    private static final String COUNT_ITEMS = """
            SELECT device, count(*)::int, count(*) FILTER (WHERE first_received > $2)::int, min(first_received)
              FROM latest_value WHERE device = ANY ($1) GROUP BY device
            """;
    private static final String QUARANTINED = """
            SELECT q.device, q.epoch, q.sequence, q.fault
              FROM quarantine q JOIN unnest($1::text[], $2::text[], $3::bigint[]) AS w (device, epoch, sequence)
                   ON q.device = w.device AND q.epoch = w.epoch AND q.sequence = w.sequence
            """;
    private static final String ADVANCE = """
            UPDATE device_stream s SET last_seq = w.last_seq
              FROM unnest($1::text[], $2::text[], $3::bigint[]) AS w (device, epoch, last_seq)
             WHERE s.device = w.device AND s.epoch = w.epoch
            """;
    private static final String MESSAGES = """
            INSERT INTO status_message (device, epoch, sequence, observed_at, received_at)
            SELECT r.*, $5::timestamptz FROM unnest($1::text[], $2::text[], $3::bigint[], $4::timestamptz[]) AS r
            """;
    /**
     * Items name their message by its place, from 1, in the first array. A statement may update a row once: only with the
     * newest value of each item, and none as observed after its reception.
     */
    private static final String ITEMS = """
            WITH r AS MATERIALIZED (
                SELECT item, ($1::timestamptz[])[message] AS observed_at, number, text, unit, newest
                  FROM unnest($2::int[], $3::bigint[], $4::double precision[], $5::text[], $6::text[], $7::boolean[])
                       AS r (message, item, number, text, unit, newest)),
            history AS (
                INSERT INTO item_history (item, observed_at, number, text, received_at)
                SELECT item, observed_at, number, text, $8::timestamptz FROM r)
            UPDATE latest_value l
               SET observed_at = least(r.observed_at, $8), received_at = $8, number = r.number, text = r.text, unit = r.unit
              FROM r
             WHERE l.id = r.item AND r.newest IS NOT FALSE AND least(r.observed_at, $8) >= l.observed_at
            """;
    /** At most 500 alarms of a device are open; what goes beyond is left out. */
    private static final String RAISE = """
            INSERT INTO alarm AS a (device, code, severity, text, raised_at, last_seen, count, received_at)
            SELECT r.*, $8::timestamptz
              FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[],
                          $7::bigint[]) AS r (device, code, severity, text, raised_at, last_seen, count)
             WHERE (SELECT count(*) FROM alarm o WHERE o.device = r.device AND o.cleared_at IS NULL) < 500
                OR EXISTS (SELECT 1 FROM alarm o
                            WHERE o.device = r.device AND o.code = r.code AND o.cleared_at IS NULL)
            ON CONFLICT (device, code) WHERE cleared_at IS NULL DO UPDATE
               SET severity = excluded.severity, text = coalesce(excluded.text, a.text),
                   last_seen = greatest(a.last_seen, excluded.last_seen), count = a.count + excluded.count
            """;

    private static final String CLEAR = """
            UPDATE alarm a SET cleared_at = greatest(a.raised_at, r.at)
              FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS r (device, code, at)
             WHERE a.device = r.device AND a.code = r.code AND a.cleared_at IS NULL
            """;
    private static final String EVENTS = """
            INSERT INTO event (device, observed_at, code, severity, text, received_at)
            SELECT r.*, $6::timestamptz FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[]) AS r
            """;
    /** The newest thousand a device are enough for a person to look at; beyond, only the fault goes back. */
    private static final String QUARANTINE = """
            INSERT INTO quarantine (device, epoch, sequence, fault, body, received_at)
            SELECT r.*, $6::timestamptz FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bytea[])
                   AS r (device, epoch, sequence, fault, body)
             WHERE (SELECT count(*) FROM quarantine q WHERE q.device = r.device) < 1000
            ON CONFLICT (device, epoch, sequence) DO NOTHING
            """;

    /** Locks the streams, opens those that are new, and answers the last sequence of each. */
    Future<Map<StreamKey, Long>> lock(SqlConnection connection, Collection<StreamKey> streams, Instant now) {
        String[] devices = column(streams, String[]::new, StreamKey::device);
        String[] epochs = column(streams, String[]::new, StreamKey::epoch);
        return locked(connection, devices, epochs)
                .compose(last -> last.size() == streams.size()
                        ? Future.succeededFuture(last)
                        : connection
                                .preparedQuery(OPEN)
                                .execute(Tuple.of(devices, epochs, now.atOffset(ZoneOffset.UTC)))
                                .compose(opened -> locked(connection, devices, epochs)));
    }

    private static Future<Map<StreamKey, Long>> locked(SqlConnection connection, String[] devices, String[] epochs) {
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(devices, (Object) epochs))
                .map(rows -> {
                    Map<StreamKey, Long> last = new HashMap<>();
                    for (Row row : rows) {
                        last.put(new StreamKey(row.getString(0), row.getString(1)), row.getLong(2));
                    }
                    return last;
                });
    }

    /** The ids of those of the items that have been stored before. */
    Future<Map<ItemKey, Long>> known(SqlConnection connection, Collection<ItemKey> items) {
        return items.isEmpty() ? Future.succeededFuture(Map.of()) : ids(connection, KNOWN_ITEMS, keys(items));
    }

    /** Makes items, and answers their ids. */
    Future<Map<ItemKey, Long>> make(SqlConnection connection, Collection<ItemKey> items, Instant now) {
        return items.isEmpty()
                ? Future.succeededFuture(Map.of())
                : ids(connection, NEW_ITEMS, keys(items).addValue(now.atOffset(ZoneOffset.UTC)));
    }

    private static Tuple keys(Collection<ItemKey> items) {
        return Tuple.of(
                column(items, String[]::new, ItemKey::device), (Object) column(items, String[]::new, ItemKey::item));
    }

    private static Future<Map<ItemKey, Long>> ids(SqlConnection connection, String sql, Tuple tuple) {
        return connection.preparedQuery(sql).execute(tuple).map(rows -> {
            Map<ItemKey, Long> ids = new HashMap<>();
            for (Row row : rows) {
                ids.put(new ItemKey(row.getString(0), row.getString(1)), row.getLong(2));
            }
            return ids;
        });
    }

    /** Of the devices that have items. */
    Future<Map<String, ItemCount>> count(SqlConnection connection, Set<String> devices, Instant hourAgo) {
        if (devices.isEmpty()) {
            return Future.succeededFuture(new HashMap<>());
        }
        return connection
                .preparedQuery(COUNT_ITEMS)
                .execute(Tuple.of(devices.toArray(String[]::new), hourAgo.atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    Map<String, ItemCount> counts = new HashMap<>();
                    for (Row row : rows) {
                        counts.put(
                                row.getString(0),
                                new ItemCount(
                                        row.getInteger(1),
                                        row.getInteger(2),
                                        row.getOffsetDateTime(3).toInstant()));
                    }
                    return counts;
                });
    }

    /** Those of the messages that are in quarantine. */
    Future<Map<MessageKey, Fault>> quarantined(SqlConnection connection, List<MessageKey> messages) {
        if (messages.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return connection
                .preparedQuery(QUARANTINED)
                .execute(Tuple.of(
                        column(messages, String[]::new, MessageKey::device),
                        column(messages, String[]::new, MessageKey::epoch),
                        column(messages, Long[]::new, MessageKey::sequence)))
                .map(rows -> {
                    Map<MessageKey, Fault> faults = new HashMap<>();
                    for (Row row : rows) {
                        MessageKey key = new MessageKey(row.getString(0), row.getString(1), row.getLong(2));
                        faults.put(key, Fault.ofKey(row.getString(3)).orElse(Fault.STORAGE_REFUSED));
                    }
                    return faults;
                });
    }

    /** Sends all statements that have something to write, one behind the other without waiting. */
    List<Future<?>> write(SqlConnection connection, GroupRows rows, ItemIds ids, Instant now) {
        OffsetDateTime receivedAt = now.atOffset(ZoneOffset.UTC);
        List<Future<?>> sent = new ArrayList<>();
        if (!rows.streams.isEmpty()) {
            sent.add(send(connection, ADVANCE, streams(rows.streams)));
        }
        if (!rows.messages().isEmpty()) {
            sent.add(send(connection, MESSAGES, messages(rows.messages()).addValue(receivedAt)));
        }
        if (rows.items() > 0) {
            sent.add(send(
                    connection, ITEMS, ItemColumns.of(rows, ids, receivedAt).addValue(receivedAt)));
        }
        if (!rows.events.isEmpty()) {
            sent.add(send(connection, EVENTS, events(rows.events).addValue(receivedAt)));
        }
        if (!rows.quarantine.isEmpty()) {
            sent.add(send(connection, QUARANTINE, quarantine(rows.quarantine).addValue(receivedAt)));
        }
        List<List<AlarmRounds.Step>> raised = rows.alarms.steps(true);
        List<List<AlarmRounds.Step>> cleared = rows.alarms.steps(false);
        for (int round = 0; round < raised.size(); round++) {
            if (!raised.get(round).isEmpty()) {
                sent.add(send(connection, RAISE, raised(raised.get(round)).addValue(receivedAt)));
            }
            if (!cleared.get(round).isEmpty()) {
                sent.add(send(connection, CLEAR, cleared(cleared.get(round))));
            }
        }
        return sent;
    }

    private static Future<?> send(SqlConnection connection, String sql, Tuple tuple) {
        return connection.preparedQuery(sql).execute(tuple);
    }

    private static Tuple streams(Map<StreamKey, Long> streams) {
        return Tuple.of(
                column(streams.keySet(), String[]::new, StreamKey::device),
                column(streams.keySet(), String[]::new, StreamKey::epoch),
                streams.values().toArray(Long[]::new));
    }

    private static Tuple messages(List<MessageRow> rows) {
        return Tuple.of(
                column(rows, String[]::new, row -> row.stream().device()),
                column(rows, String[]::new, row -> row.stream().epoch()),
                column(rows, Long[]::new, MessageRow::sequence),
                column(rows, OffsetDateTime[]::new, MessageRow::observedAt));
    }

    private static Tuple events(List<EventRow> rows) {
        return Tuple.of(
                column(rows, String[]::new, EventRow::device),
                column(rows, OffsetDateTime[]::new, EventRow::observedAt),
                column(rows, String[]::new, row -> row.event().code()),
                column(rows, String[]::new, row -> row.event().severity().key()),
                column(rows, String[]::new, row -> row.event().text()));
    }

    private static Tuple quarantine(List<QuarantineRow> rows) {
        return Tuple.of(
                column(rows, String[]::new, row -> row.stream().device()),
                column(rows, String[]::new, row -> row.stream().epoch()),
                column(rows, Long[]::new, row -> row.unfit().sequence()),
                column(rows, String[]::new, row -> row.unfit().fault().key()),
                column(rows, Buffer[]::new, row -> Buffer.buffer(row.unfit().body())));
    }

    private static Tuple raised(List<AlarmRounds.Step> steps) {
        return Tuple.of(
                        column(steps, String[]::new, AlarmRounds.Step::device),
                        column(steps, String[]::new, step -> step.newest().code()),
                        column(
                                steps,
                                String[]::new,
                                step -> step.newest().severity().key()),
                        column(steps, String[]::new, step -> step.newest().text()),
                        column(steps, OffsetDateTime[]::new, AlarmRounds.Step::first),
                        column(steps, OffsetDateTime[]::new, AlarmRounds.Step::last))
                .addValue(column(steps, Long[]::new, AlarmRounds.Step::count));
    }

    private static Tuple cleared(List<AlarmRounds.Step> steps) {
        return Tuple.of(
                column(steps, String[]::new, AlarmRounds.Step::device),
                column(steps, String[]::new, step -> step.newest().code()),
                column(steps, OffsetDateTime[]::new, AlarmRounds.Step::last));
    }

    private static <R, V> V[] column(Collection<R> rows, IntFunction<V[]> array, Function<R, ? extends V> value) {
        V[] column = array.apply(rows.size());
        int i = 0;
        for (R row : rows) {
            column[i++] = value.apply(row);
        }
        return column;
    }
}
