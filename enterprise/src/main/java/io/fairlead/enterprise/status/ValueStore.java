package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.people.View;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL of latest values of several devices. $1 the devices, $2 the items or null. */
final class ValueStore {
    private static final String WANTED = """
              FROM latest_value v
             WHERE v.device = ANY ($1) AND ($2::text[] IS NULL OR v.item = ANY ($2))
            """;
    /** $3–$5 where devices may be seen, $6–$8 where their data may. */
    private static final String COUNT = """
            SELECT count(*) FILTER (WHERE fairlead_in_view(d.region, d.customer, d.model, $3, $4, $5))::int,
                   count(*) FILTER (WHERE fairlead_in_view(d.region, d.customer, d.model, $6, $7, $8))::int,
                   (SELECT count(*)::int
            """ + WANTED + """
                   )
              FROM device d WHERE d.id = ANY ($1)
            """;

    private static final String PAGE = """
            SELECT v.device, v.item, v.number, v.text, v.unit, v.observed_at, v.received_at
            """ + WANTED;
    private static final String ASCENDING = PAGE + " ORDER BY v.device, v.item LIMIT $3 OFFSET $4";
    private static final String DESCENDING = PAGE + " ORDER BY v.device DESC, v.item DESC LIMIT $3 OFFSET $4";

    /** How many of the devices may be seen, of how many the data, and how many values there are. */
    record Count(int seen, int data, int values) {}

    Future<Count> count(SqlClient client, View devices, View data, ValueQuery query) {
        List<@Nullable Object> arguments = wanted(query);
        for (View view : List.of(devices, data)) {
            arguments.add(view.regions());
            arguments.add(view.customers());
            arguments.add(view.models());
        }
        return client.preparedQuery(COUNT).execute(Tuple.from(arguments)).map(rows -> {
            Row row = rows.iterator().next();
            return new Count(row.getInteger(0), row.getInteger(1), row.getInteger(2));
        });
    }

    Future<List<DeviceValue>> page(SqlClient client, ValueQuery query, int offset) {
        List<@Nullable Object> arguments = wanted(query);
        arguments.add(query.size());
        arguments.add(offset);
        return client.preparedQuery(query.descending() ? DESCENDING : ASCENDING)
                .execute(Tuple.from(arguments))
                .map(rows -> {
                    List<DeviceValue> values = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        values.add(value(row));
                    }
                    return values;
                });
    }

    private static List<@Nullable Object> wanted(ValueQuery query) {
        List<@Nullable Object> arguments = new ArrayList<>();
        arguments.add(query.devices().stream().map(DeviceId::value).toArray(String[]::new));
        arguments.add(query.items().isEmpty() ? null : query.items().toArray(String[]::new));
        return arguments;
    }

    private static DeviceValue value(Row row) {
        return new DeviceValue(
                new DeviceId(row.getString(0)),
                new LatestValue(
                        row.getString(1),
                        row.getDouble(2),
                        row.getString(3),
                        row.getString(4),
                        row.getOffsetDateTime(5).toInstant(),
                        row.getOffsetDateTime(6).toInstant()));
    }
}
