package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.people.View;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** SQL of what people ask. */
final class ReadStore {
    private static final String LATEST = """
            SELECT item, number, text, unit, observed_at, received_at FROM latest_value
             WHERE device = $1 ORDER BY item
            """;
    private static final String HISTORY = """
            SELECT number, text, observed_at, received_at FROM item_history
             WHERE item = (SELECT l.id FROM latest_value l WHERE l.device = $1 AND l.item = $2) AND received_at >= $3 AND received_at < $4
             ORDER BY received_at DESC, observed_at DESC LIMIT $5
            """;
    private static final String OPEN_ALARMS = """
            SELECT id, device, code, severity, text, raised_at, last_seen, count, received_at, acknowledged_by,
                   acknowledged_at FROM alarm
             WHERE device = $1 AND cleared_at IS NULL ORDER BY id DESC
            """;
    private static final String ALL_OPEN_ALARMS = """
            SELECT a.id, a.device, a.code, a.severity, a.text, a.raised_at, a.last_seen, a.count, a.received_at, a.acknowledged_by,
                   a.acknowledged_at
              FROM alarm a JOIN device d ON d.id = a.device
             WHERE a.cleared_at IS NULL AND fairlead_in_view(d.region, d.customer, d.model, $1, $2, $3)
             ORDER BY array_position(ARRAY['critical', 'error', 'warning', 'info'], a.severity::text), a.id DESC
             LIMIT 1000
            """;
    private static final String OPEN_ALARM_COUNTS = """
            SELECT a.device, count(*) FROM alarm a JOIN device d ON d.id = a.device
             WHERE a.cleared_at IS NULL AND fairlead_in_view(d.region, d.customer, d.model, $1, $2, $3)
             GROUP BY a.device
            """;
    private static final String EVENTS = """
            SELECT code, severity, text, observed_at, received_at FROM event
             WHERE device = $1 AND received_at >= $2 AND received_at < $3
             ORDER BY received_at DESC, observed_at DESC LIMIT $4
            """;
    private static final String QUARANTINE = """
            SELECT epoch, sequence, fault, received_at, body FROM quarantine
             WHERE device = $1 ORDER BY received_at DESC, sequence DESC LIMIT $2
            """;

    Future<List<LatestValue>> latest(SqlClient client, DeviceId device) {
        return rows(
                client,
                LATEST,
                Tuple.of(device.value()),
                row -> new LatestValue(
                        row.getString(0),
                        row.getDouble(1),
                        row.getString(2),
                        row.getString(3),
                        instant(row, 4),
                        instant(row, 5)));
    }

    Future<List<HistoryValue>> history(
            SqlClient client, DeviceId device, String item, Instant from, Instant to, int limit) {
        Tuple tuple = Tuple.of(device.value(), item, from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC), limit);
        return rows(
                client,
                HISTORY,
                tuple,
                row -> new HistoryValue(row.getDouble(0), row.getString(1), instant(row, 2), instant(row, 3)));
    }

    Future<List<OpenAlarm>> openAlarms(SqlClient client, DeviceId device) {
        return rows(client, OPEN_ALARMS, Tuple.of(device.value()), ReadStore::alarm);
    }

    Future<List<OpenAlarm>> openAlarms(SqlClient client, View view) {
        return rows(client, ALL_OPEN_ALARMS, tuple(view), ReadStore::alarm);
    }

    private static Tuple tuple(View view) {
        return Tuple.of(view.regions(), view.customers(), view.models());
    }

    private static OpenAlarm alarm(Row row) {
        return new OpenAlarm(
                row.getLong(0),
                new DeviceId(row.getString(1)),
                row.getString(2),
                Severity.ofKey(row.getString(3)),
                row.getString(4),
                instant(row, 5),
                instant(row, 6),
                row.getLong(7),
                instant(row, 8),
                row.getString(9),
                row.getOffsetDateTime(10) == null ? null : instant(row, 10));
    }

    Future<Map<DeviceId, Integer>> openAlarmCounts(SqlClient client, View view) {
        return client.preparedQuery(OPEN_ALARM_COUNTS).execute(tuple(view)).map(rows -> {
            Map<DeviceId, Integer> counts = new HashMap<>();
            for (Row row : rows) {
                counts.put(new DeviceId(row.getString(0)), row.getInteger(1));
            }
            return counts;
        });
    }

    Future<List<PastEvent>> events(SqlClient client, DeviceId device, Instant from, Instant to, int limit) {
        Tuple tuple = Tuple.of(device.value(), from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC), limit);
        return rows(
                client,
                EVENTS,
                tuple,
                row -> new PastEvent(
                        row.getString(0),
                        Severity.ofKey(row.getString(1)),
                        row.getString(2),
                        instant(row, 3),
                        instant(row, 4)));
    }

    Future<List<Quarantined>> quarantine(SqlClient client, DeviceId device, int limit) {
        return rows(
                client,
                QUARANTINE,
                Tuple.of(device.value(), limit),
                row -> new Quarantined(
                        row.getString(0),
                        row.getLong(1),
                        row.getString(2),
                        instant(row, 3),
                        row.getBuffer(4).getBytes()));
    }

    private static <T> Future<List<T>> rows(SqlClient client, String sql, Tuple tuple, Function<Row, T> record) {
        return client.preparedQuery(sql).execute(tuple).map(rows -> {
            List<T> list = new ArrayList<>(rows.size());
            for (Row row : rows) {
                list.add(record.apply(row));
            }
            return list;
        });
    }

    private static Instant instant(Row row, int column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
