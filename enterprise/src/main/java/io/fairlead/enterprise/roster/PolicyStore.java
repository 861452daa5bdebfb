package io.fairlead.enterprise.roster;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.people.View;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SQL of what agents report of their sites' policies. */
final class PolicyStore {
    /** The view is asked once for each region, customer and model that there is, as {@link RosterStore} does. */
    private static final String LIST = """
            WITH every AS MATERIALIZED (SELECT DISTINCT region, customer, model FROM device),
            place AS MATERIALIZED (
                SELECT region, customer, model, fairlead_in_view(region, customer, model, $1, $2, $3) AS seen FROM every)
            SELECT d.id, d.customer, d.site, d.model, v.received_at, v.text
              FROM device d
              LEFT JOIN place p ON p.region = d.region AND p.customer = d.customer AND p.model = d.model
              LEFT JOIN latest_value v ON v.device = d.id AND v.item = $4
             WHERE coalesce(p.seen, false) AND d.enrolment IS NOT NULL
               AND ($5::text IS NULL OR d.customer = $5)
               AND ($6::text IS NULL OR d.id = $6)
             ORDER BY d.customer, d.site, d.id LIMIT $7
            """;

    Future<List<ReportedPolicy>> list(
            SqlClient client, View view, @Nullable String customer, @Nullable DeviceId device, int limit) {
        List<@Nullable Object> arguments = new ArrayList<>();
        RosterStore.places(arguments, view);
        arguments.add(ReportedPolicy.ITEM);
        arguments.add(customer);
        arguments.add(device == null ? null : device.value());
        arguments.add(limit);
        return client.preparedQuery(LIST).execute(Tuple.from(arguments)).map(rows -> {
            List<ReportedPolicy> list = new ArrayList<>(rows.size());
            for (Row row : rows) {
                String text = row.getString(5);
                list.add(new ReportedPolicy(
                        new DeviceId(row.getString(0)),
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        RosterStore.instant(row.getOffsetDateTime(4)),
                        text == null ? Map.of() : ReportedPolicy.facts(text)));
            }
            return list;
        });
    }
}
