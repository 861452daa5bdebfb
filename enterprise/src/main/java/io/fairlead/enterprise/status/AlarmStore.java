package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Remark;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL of alarms as people handle them. */
final class AlarmStore {
    /** At most so many comments of an alarm are taken. */
    static final int MOST_COMMENTS = 200;

    private static final String SELECT = """
            SELECT a.id, a.device, a.code, a.severity, a.text, a.raised_at, a.last_seen, a.count, a.received_at,
                   a.acknowledged_by, a.acknowledged_at, a.cleared_at, a.closed_by,
                   (SELECT json_agg(json_build_object('by', c.written_by, 'text', c.text,
                                                      'at', (extract(epoch FROM c.written_at) * 1000)::bigint) ORDER BY c.id)
                      FROM alarm_comment c WHERE c.alarm = a.id)
              FROM alarm a
            """;
    private static final String FIND = SELECT + " WHERE a.id = $1";
    private static final String OPEN = SELECT + """
             WHERE a.device = $1 AND a.cleared_at IS NULL
             ORDER BY array_position(ARRAY['critical', 'error', 'warning', 'info'], a.severity::text), a.id DESC
            """;
    /** $2, $3: after which of the page before; null for the first. */
    private static final String PAST = SELECT + """
             WHERE a.device = $1 AND a.cleared_at IS NOT NULL
               AND ($2::timestamptz IS NULL OR (a.cleared_at, a.id) < ($2, $3))
             ORDER BY a.cleared_at DESC, a.id DESC LIMIT $4
            """;

    private static final String ACKNOWLEDGE = """
            UPDATE alarm SET acknowledged_at = $2, acknowledged_by = $3 WHERE id = $1 AND acknowledged_at IS NULL
            """;
    private static final String COMMENT = """
            INSERT INTO alarm_comment (alarm, written_at, written_by, text)
            SELECT $1, $2, $3, $4 WHERE (SELECT count(*) FROM alarm_comment WHERE alarm = $1) < $5
            """;
    private static final String CLOSE = """
            UPDATE alarm SET cleared_at = greatest($2, raised_at), closed_by = $3 WHERE id = $1 AND cleared_at IS NULL
            """;

    Future<Optional<Alarm>> find(SqlClient client, long id) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(id))
                .map(rows -> alarms(rows).stream().findFirst());
    }

    Future<List<Alarm>> open(SqlClient client, DeviceId device) {
        return client.preparedQuery(OPEN).execute(Tuple.of(device.value())).map(AlarmStore::alarms);
    }

    Future<List<Alarm>> past(SqlClient client, DeviceId device, Alarms.@Nullable Place after, int limit) {
        return client.preparedQuery(PAST)
                .execute(Tuple.of(
                        device.value(),
                        after == null ? null : after.clearedAt().atOffset(ZoneOffset.UTC),
                        after == null ? null : after.id(),
                        limit))
                .map(AlarmStore::alarms);
    }

    /** Whether nobody had before. */
    Future<Boolean> acknowledge(SqlClient client, long id, Instant now, String by) {
        return client.preparedQuery(ACKNOWLEDGE)
                .execute(Tuple.of(id, now.atOffset(ZoneOffset.UTC), by))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Whether there was room for it. */
    Future<Boolean> comment(SqlClient client, long id, Instant now, String by, Remark text) {
        return client.preparedQuery(COMMENT)
                .execute(Tuple.of(id, now.atOffset(ZoneOffset.UTC), by, text.value(), (long) MOST_COMMENTS))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Whether it was open. */
    Future<Boolean> close(SqlClient client, long id, Instant now, String by) {
        return client.preparedQuery(CLOSE)
                .execute(Tuple.of(id, now.atOffset(ZoneOffset.UTC), by))
                .map(rows -> rows.rowCount() == 1);
    }

    private static List<Alarm> alarms(RowSet<Row> rows) {
        List<Alarm> alarms = new ArrayList<>(rows.size());
        for (Row row : rows) {
            alarms.add(alarm(row, comments(row.getJsonArray(13))));
        }
        return alarms;
    }

    static Alarm alarm(Row row, List<Alarm.Comment> comments) {
        OffsetDateTime acknowledged = row.getOffsetDateTime(10);
        OffsetDateTime cleared = row.getOffsetDateTime(11);
        return new Alarm(
                row.getLong(0),
                new DeviceId(row.getString(1)),
                row.getString(2),
                Severity.ofKey(row.getString(3)),
                row.getString(4),
                row.getOffsetDateTime(5).toInstant(),
                row.getOffsetDateTime(6).toInstant(),
                row.getLong(7),
                row.getOffsetDateTime(8).toInstant(),
                acknowledged == null ? null : new Alarm.Acknowledged(row.getString(9), acknowledged.toInstant()),
                cleared == null ? null : cleared.toInstant(),
                row.getString(12),
                comments);
    }

    private static List<Alarm.Comment> comments(@Nullable JsonArray array) {
        return array == null
                ? List.of()
                : array.stream()
                        .map(JsonObject.class::cast)
                        .map(json -> new Alarm.Comment(
                                json.getString("by"), Instant.ofEpochMilli(json.getLong("at")), json.getString("text")))
                        .toList();
    }
}
