package io.fairlead.enterprise.fleet;

import io.fairlead.enterprise.people.View;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SQL of the groups. */
final class GroupStore {
    /** Those that $4 made, and those of which a device is in view. */
    private static final String LIST = """
            WITH seen AS MATERIALIZED (
                SELECT m.device_group, count(*)::int AS devices
                  FROM device_group_member m JOIN device d ON d.id = m.device
                 WHERE fairlead_in_view(d.region, d.customer, d.model, $1, $2, $3)
                 GROUP BY m.device_group)
            SELECT g.id, g.description, coalesce(s.devices, 0), g.created_at, g.created_by
              FROM device_group g LEFT JOIN seen s ON s.device_group = g.id
             WHERE g.created_by = $4 OR s.devices IS NOT NULL
             ORDER BY g.id
            """;

    private static final String INSERT = """
            INSERT INTO device_group (id, description, created_at, created_by) VALUES ($1, $2, $3, $4)
            ON CONFLICT (id) DO NOTHING
            """;
    private static final String COUNT = "SELECT count(*)::int FROM device_group WHERE created_by = $1";
    /** Held to the end of the transaction, so that nobody deletes it meanwhile. */
    private static final String MAKER = "SELECT created_by FROM device_group WHERE id = $1 FOR UPDATE";

    private static final String SEEN = """
            SELECT EXISTS (
                SELECT FROM device_group_member m JOIN device d ON d.id = m.device
                 WHERE m.device_group = $4 AND fairlead_in_view(d.region, d.customer, d.model, $1, $2, $3))
            """;
    private static final String OF =
            "SELECT device_group FROM device_group_member WHERE device = $1 ORDER BY device_group";
    private static final String CHANGE = """
            UPDATE device_group SET id = $2, description = $3 WHERE id = $1 AND (id <> $2 OR description <> $3)
            """;
    private static final String DELETE = "DELETE FROM device_group WHERE id = $1";
    private static final String ADD = """
            INSERT INTO device_group_member (device_group, device) VALUES ($1, $2) ON CONFLICT DO NOTHING
            """;
    private static final String REMOVE = "DELETE FROM device_group_member WHERE device_group = $1 AND device = $2";

    Future<List<DeviceGroup>> list(SqlClient client, View view, String maker) {
        return client.preparedQuery(LIST)
                .execute(Tuple.of(view.regions(), view.customers(), view.models(), maker))
                .map(rows -> {
                    List<DeviceGroup> groups = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        groups.add(new DeviceGroup(
                                row.getString(0),
                                row.getString(1),
                                row.getInteger(2),
                                row.getOffsetDateTime(3).toInstant(),
                                row.getString(4)));
                    }
                    return groups;
                });
    }

    /** Whether the name was free. */
    Future<Boolean> insert(SqlClient client, String id, String description, Instant now, String maker) {
        return client.preparedQuery(INSERT)
                .execute(Tuple.of(id, description, now.atOffset(ZoneOffset.UTC), maker))
                .map(rows -> rows.rowCount() == 1);
    }

    Future<Integer> count(SqlClient client, String maker) {
        return client.preparedQuery(COUNT)
                .execute(Tuple.of(maker))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    /** Who made it; empty when there is none. */
    Future<Optional<String>> maker(SqlClient client, String id) {
        return client.preparedQuery(MAKER).execute(Tuple.of(id)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(row.getString(0));
            }
            return Optional.empty();
        });
    }

    /** Whether a device of it is in view. */
    Future<Boolean> isSeen(SqlClient client, String id, View view) {
        return client.preparedQuery(SEEN)
                .execute(Tuple.of(view.regions(), view.customers(), view.models(), id))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** The names of those that hold a device. */
    Future<List<String>> of(SqlClient client, DeviceId device) {
        return client.preparedQuery(OF).execute(Tuple.of(device.value())).map(rows -> {
            List<String> names = new ArrayList<>(rows.size());
            rows.forEach(row -> names.add(row.getString(0)));
            return names;
        });
    }

    /** Whether it was not so before. */
    Future<Boolean> change(SqlClient client, String id, String name, String description) {
        return client.preparedQuery(CHANGE)
                .execute(Tuple.of(id, name, description))
                .map(rows -> rows.rowCount() == 1);
    }

    Future<Void> delete(SqlClient client, String id) {
        return client.preparedQuery(DELETE).execute(Tuple.of(id)).mapEmpty();
    }

    /** Whether it was not in it. */
    Future<Boolean> add(SqlClient client, String id, DeviceId device) {
        return client.preparedQuery(ADD).execute(Tuple.of(id, device.value())).map(rows -> rows.rowCount() == 1);
    }

    /** Whether it was in it. */
    Future<Boolean> remove(SqlClient client, String id, DeviceId device) {
        return client.preparedQuery(REMOVE)
                .execute(Tuple.of(id, device.value()))
                .map(rows -> rows.rowCount() == 1);
    }
}
