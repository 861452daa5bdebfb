package io.fairlead.enterprise.reach;

import io.fairlead.enterprise.fleet.DeviceId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL of checks. Whoever writes holds the device's lock. */
final class SiteCheckStore {
    private static final String TURN =
            "SELECT checked_at, hour_began, in_hour FROM device_reach WHERE device = $1 AND newest";
    private static final String FORGET = "DELETE FROM device_reach WHERE device = $1 AND NOT newest";
    private static final String AGE = "UPDATE device_reach SET newest = false WHERE device = $1";
    private static final String INSERT = """
            INSERT INTO device_reach (device, newest, received_at, checked_at, list, left_out, required, missing, rows,
                   hour_began, in_hour)
            VALUES ($1, true, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """;
    private static final String LAST = """
            SELECT newest, received_at, checked_at, list, left_out, rows FROM device_reach WHERE device = $1
            """;

    /**
     * How often a device has said something of late.
     *
     * @param checkedAt of its last check
     * @param inHour since the hour began
     */
    record Turn(Instant checkedAt, Instant hourBegan, int inHour) {}

    Future<Optional<Turn>> turn(SqlClient client, DeviceId device) {
        return client.preparedQuery(TURN).execute(Tuple.of(device.value())).map(rows -> {
            if (rows.size() == 0) {
                return Optional.empty();
            }
            Row row = rows.iterator().next();
            return Optional.of(new Turn(
                    row.getOffsetDateTime(0).toInstant(),
                    row.getOffsetDateTime(1).toInstant(),
                    row.getInteger(2)));
        });
    }

    /** The newest becomes the one before, and that one is forgotten. */
    Future<Void> keep(SqlClient client, DeviceId device, KeptCheck kept, Turn turn) {
        Tuple one = Tuple.of(device.value());
        SiteCheck check = kept.check();
        JsonArray rows = new JsonArray();
        check.rows().forEach(row -> rows.add(json(row)));
        return client.preparedQuery(FORGET)
                .execute(one)
                .compose(forgotten -> client.preparedQuery(AGE).execute(one))
                .compose(aged -> client.preparedQuery(INSERT).execute(Tuple.from(new Object[] {
                    device.value(),
                    kept.receivedAt().atOffset(ZoneOffset.UTC),
                    check.checkedAt().atOffset(ZoneOffset.UTC),
                    check.list(),
                    check.leftOut(),
                    check.required(),
                    check.missing(),
                    rows,
                    turn.hourBegan().atOffset(ZoneOffset.UTC),
                    turn.inHour()
                })))
                .mapEmpty();
    }

    Future<LastChecks> last(SqlClient client, DeviceId device) {
        return client.preparedQuery(LAST).execute(Tuple.of(device.value())).map(rows -> {
            @Nullable KeptCheck newest = null;
            @Nullable KeptCheck before = null;
            for (Row row : rows) {
                KeptCheck kept = new KeptCheck(
                        row.getOffsetDateTime(1).toInstant(),
                        new SiteCheck(
                                row.getOffsetDateTime(2).toInstant(),
                                row.getString(3),
                                row.getInteger(4),
                                rows((JsonArray) row.getJson(5))));
                if (row.getBoolean(0)) {
                    newest = kept;
                } else {
                    before = kept;
                }
            }
            return new LastChecks(newest, before);
        });
    }

    private static JsonObject json(CheckedRow row) {
        JsonObject json = new JsonObject()
                .put("host", row.host())
                .put("protocol", row.protocol().name())
                .put("port", row.port())
                .put("required", row.required())
                .put("reached", row.reached().name())
                .put("found", row.found());
        Trouble trouble = row.trouble();
        if (trouble != null) {
            json.put("trouble", trouble.name());
        }
        Way way = row.way();
        return way == null ? json : json.put("way", way.name());
    }

    private static List<CheckedRow> rows(JsonArray all) {
        List<CheckedRow> rows = new ArrayList<>(all.size());
        for (Object each : all) {
            JsonObject json = (JsonObject) each;
            @Nullable String trouble = json.getString("trouble");
            @Nullable String way = json.getString("way");
            rows.add(new CheckedRow(
                    json.getString("host"),
                    CheckedRow.Protocol.valueOf(json.getString("protocol")),
                    json.getInteger("port"),
                    json.getBoolean("required"),
                    Reached.valueOf(json.getString("reached")),
                    trouble == null ? null : Trouble.valueOf(trouble),
                    way == null ? null : Way.valueOf(way),
                    json.getString("found")));
        }
        return rows;
    }
}
