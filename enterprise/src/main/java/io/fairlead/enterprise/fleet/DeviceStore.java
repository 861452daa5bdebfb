package io.fairlead.enterprise.fleet;

import io.fairlead.enterprise.people.View;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQL of the registry. */
final class DeviceStore {
    private static final String INSERT = """
            WITH fresh AS (
                INSERT INTO device (id, customer, site, region, model, serial, created_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (id) DO NOTHING
                RETURNING id)
            INSERT INTO device_contact (device) SELECT id FROM fresh
            """;
    private static final String SELECT = """
            SELECT d.id, d.customer, d.site, d.region, d.model, d.serial, d.muted, d.enrolment, d.next_seq,
                   d.created_at, d.version, c.last_contact, c.address, c.agent_version, c.clock_offset_ms,
                   c.journaled, c.held_at, c.dropped, d.stolen_at, d.retired_at
              FROM device d JOIN device_contact c ON c.device = d.id
            """;
    private static final String FIND = SELECT + " WHERE d.id = $1";
    private static final String LIST = SELECT + """
             WHERE ($1::text IS NULL OR d.customer = $1)
               AND ($2::text IS NULL OR d.site = $2)
               AND ($3::text IS NULL OR d.region = $3)
               AND ($4::text IS NULL OR d.model = $4)
               AND ($5::text IS NULL OR d.id > $5)
               AND ($10::text IS NULL OR EXISTS (
                   SELECT FROM device_group_member m WHERE m.device_group = $10 AND m.device = d.id))
               AND fairlead_in_view(d.region, d.customer, d.model, $7, $8, $9)
             ORDER BY d.id LIMIT $6
            """;
    /** The view is asked once for each region, customer and model that there is. */
    private static final String IDS = """
            WITH every AS MATERIALIZED (SELECT DISTINCT region, customer, model FROM device),
            place AS MATERIALIZED (
                SELECT region, customer, model, fairlead_in_view(region, customer, model, $1, $2, $3) AS seen FROM every)
            SELECT d.id FROM device d
              LEFT JOIN place p ON p.region = d.region AND p.customer = d.customer AND p.model = d.model
             WHERE coalesce(p.seen, false)
            """;
    /** Its number stays: an enrolment never makes an instruction's number available again. */
    private static final String ENROL = """
            WITH enrolled AS (
                UPDATE device SET enrolment = $2, version = version + 1 WHERE id = $1 RETURNING id),
            forgotten AS (DELETE FROM device_holder WHERE device = $1)
            UPDATE device_contact c
               SET journaled = 0, token_last = '', token_given = '{}', token_before = '{}', token_dropped = '{}',
                   token_lately = '', held_at = NULL, held_why = NULL, renew = NULL
              FROM enrolled WHERE c.device = enrolled.id
            """;
    /** Holds the device's row to the end of the transaction: commit order is number order. */
    private static final String NUMBER = """
            UPDATE device SET next_seq = next_seq + 1 WHERE id = $1 RETURNING next_seq, enrolment, muted
            """;

    private static final String MUTE = """
            UPDATE device SET muted = $2, version = version + 1 WHERE id = $1 AND muted <> $2
            """;
    private static final String STOLEN = """
            UPDATE device SET stolen_at = $2, version = version + 1
             WHERE id = $1 AND (stolen_at IS NULL) <> ($2::timestamptz IS NULL)
            """;
    private static final String RETIRE = """
            UPDATE device SET retired_at = $2, muted = true, version = version + 1 WHERE id = $1 AND retired_at IS NULL
            """;
    /** Its enrolment is over, as its certificates are. */
    private static final String UNRETIRE = """
            UPDATE device SET retired_at = NULL, enrolment = NULL, muted = stolen_at IS NOT NULL, version = version + 1
             WHERE id = $1 AND retired_at IS NOT NULL
            """;

    private static final String CHANGE = """
            UPDATE device SET customer = $2, site = $3, region = $4, model = $5, serial = $6, version = version + 1
             WHERE id = $1
            """;
    private static final String LOCK = "SELECT 1 FROM device WHERE id = $1 FOR NO KEY UPDATE";
    private static final String STANDING =
            "SELECT muted, stolen_at IS NOT NULL, retired_at IS NOT NULL FROM device WHERE id = $1";
    private static final String NOTIFY = "SELECT pg_notify($1, $2)";

    /** Whether it was new. */
    Future<Boolean> insert(SqlClient client, NewDevice device, Instant now) {
        return client.preparedQuery(INSERT)
                .execute(Tuple.of(
                        device.id().value(),
                        device.customer(),
                        device.site(),
                        device.region(),
                        device.model(),
                        device.serial(),
                        now.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount() == 1);
    }

    Future<Optional<Device>> find(SqlClient client, DeviceId id) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(id.value()))
                .map(rows -> devices(rows).stream().findFirst());
    }

    Future<List<Device>> list(SqlClient client, DeviceFilter filter, View view) {
        DeviceId after = filter.after();
        return client.preparedQuery(LIST)
                .execute(Tuple.from(Arrays.asList(
                        filter.customer(),
                        filter.site(),
                        filter.region(),
                        filter.model(),
                        after == null ? null : after.value(),
                        filter.limit(),
                        view.regions(),
                        view.customers(),
                        view.models(),
                        filter.group())))
                .map(DeviceStore::devices);
    }

    Future<Set<String>> ids(SqlClient client, View view) {
        return client.preparedQuery(IDS)
                .execute(Tuple.of(view.regions(), view.customers(), view.models()))
                .map(rows -> {
                    Set<String> ids = new HashSet<>(rows.size() * 2);
                    rows.forEach(row -> ids.add(row.getString(0)));
                    return ids;
                });
    }

    /** Whether there is such a device. */
    Future<Boolean> enrol(SqlClient client, DeviceId id, String epoch) {
        return client.preparedQuery(ENROL).execute(Tuple.of(id.value(), epoch)).map(rows -> rows.rowCount() == 1);
    }

    /** The next instruction's number and the device's enrolment; empty when there is no such device. */
    Future<Optional<NextNumber>> number(SqlClient client, DeviceId id) {
        return client.preparedQuery(NUMBER)
                .execute(Tuple.of(id.value()))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(numbered(rows.iterator().next())));
    }

    /** What {@link #number} gave, and whether the device may have it. */
    record NextNumber(Devices.Numbered given, boolean muted) {}

    private static NextNumber numbered(Row row) {
        return new NextNumber(new Devices.Numbered(row.getLong(0), row.getString(1)), row.getBoolean(2));
    }

    /** What people have said of a device. */
    record Standing(boolean muted, boolean stolen, boolean retired) {}

    Future<Optional<Standing>> standing(SqlClient client, DeviceId id) {
        return client.preparedQuery(STANDING).execute(Tuple.of(id.value())).map(rows -> {
            for (Row row : rows) {
                return Optional.of(new Standing(row.getBoolean(0), row.getBoolean(1), row.getBoolean(2)));
            }
            return Optional.empty();
        });
    }

    /** Holds the device's row to the end of the transaction. */
    Future<Void> lock(SqlClient client, DeviceId id) {
        return client.preparedQuery(LOCK).execute(Tuple.of(id.value())).mapEmpty();
    }

    Future<Void> change(SqlClient client, NewDevice properties) {
        return client.preparedQuery(CHANGE)
                .execute(Tuple.of(
                        properties.id().value(),
                        properties.customer(),
                        properties.site(),
                        properties.region(),
                        properties.model(),
                        properties.serial()))
                .mapEmpty();
    }

    /** Whether it was not so before. */
    Future<Boolean> retire(SqlClient client, DeviceId id, Instant now) {
        return client.preparedQuery(RETIRE)
                .execute(Tuple.of(id.value(), now.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount() == 1);
    }

    Future<Void> unretire(SqlClient client, DeviceId id) {
        return client.preparedQuery(UNRETIRE).execute(Tuple.of(id.value())).mapEmpty();
    }

    /** Whether it was not so before. */
    Future<Boolean> mute(SqlClient client, DeviceId id, boolean muted) {
        return client.preparedQuery(MUTE).execute(Tuple.of(id.value(), muted)).map(rows -> rows.rowCount() == 1);
    }

    /** Whether it was not so before; null for found. */
    Future<Boolean> stolen(SqlClient client, DeviceId id, @Nullable Instant since) {
        return client.preparedQuery(STOLEN)
                .execute(Tuple.of(id.value(), since == null ? null : since.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount() == 1);
    }

    Future<Void> notify(SqlClient client, String channel, DeviceId id) {
        return client.preparedQuery(NOTIFY)
                .execute(Tuple.of(channel, id.value()))
                .mapEmpty();
    }

    private static List<Device> devices(RowSet<Row> rows) {
        List<Device> devices = new ArrayList<>(rows.size());
        for (Row row : rows) {
            devices.add(device(row));
        }
        return devices;
    }

    private static Device device(Row row) {
        return new Device(
                new DeviceId(row.getString(0)),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getBoolean(6),
                instant(row.getOffsetDateTime(18)),
                instant(row.getOffsetDateTime(19)),
                row.getString(7),
                row.getLong(8),
                row.getOffsetDateTime(9).toInstant(),
                row.getLong(10),
                new Contact(
                        instant(row.getOffsetDateTime(11)),
                        row.getString(12),
                        row.getString(13),
                        row.getLong(14),
                        row.getLong(15),
                        instant(row.getOffsetDateTime(16)),
                        row.getLong(17)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
