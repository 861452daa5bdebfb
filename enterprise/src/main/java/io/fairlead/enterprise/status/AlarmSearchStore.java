package io.fairlead.enterprise.status;

import io.fairlead.enterprise.people.View;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQL of the search for alarms. $1–$3 where their devices may be seen, $4–$14 the filter. */
final class AlarmSearchStore {
    /** The view is asked once for each region, customer and model that there is, as in the roster's list. */
    private static final String PLACES = """
            WITH every AS MATERIALIZED (SELECT DISTINCT region, customer, model FROM device),
            place AS MATERIALIZED (
                SELECT region, customer, model, fairlead_in_view(region, customer, model, $1, $2, $3) AS seen FROM every)
            """;

    private static final String FOUND = """
              FROM alarm a
              JOIN device d ON d.id = a.device
              LEFT JOIN place s ON s.region = d.region AND s.customer = d.customer AND s.model = d.model
             WHERE coalesce(s.seen, false)
               AND ($4::text IS NULL OR a.device = $4)
               AND ($5::text IS NULL OR d.customer = $5)
               AND ($6::text IS NULL OR d.site = $6)
               AND ($7::text IS NULL OR d.region = $7)
               AND ($8::text IS NULL OR d.model = $8)
               AND ($9::text IS NULL OR a.code = $9)
               AND ($10::text[] IS NULL OR a.severity = ANY ($10))
               AND ($11::boolean IS NULL OR (a.cleared_at IS NULL) = $11)
               AND ($12::boolean IS NULL OR (a.acknowledged_at IS NOT NULL) = $12)
               AND ($13::timestamptz IS NULL OR a.raised_at >= $13)
               AND ($14::timestamptz IS NULL OR a.raised_at < $14)
            """;

    private static final String COUNT = PLACES + "SELECT count(*)::int" + FOUND;

    /** $15 and $16: how many after how many. */
    private static final String PAGE = PLACES + """
            SELECT a.id, a.device, a.code, a.severity, a.text, a.raised_at, a.last_seen, a.count, a.received_at,
                   a.acknowledged_by, a.acknowledged_at, a.cleared_at, a.closed_by,
                   (SELECT count(*)::int FROM alarm_comment c WHERE c.alarm = a.id)
            """ + FOUND + " ORDER BY %s LIMIT $15 OFFSET $16";

    Future<Integer> count(SqlClient client, View view, AlarmFilter filter) {
        return client.preparedQuery(COUNT)
                .execute(Tuple.from(arguments(view, filter)))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    Future<List<AlarmSearch.Found>> page(SqlClient client, View view, AlarmQuery query, int offset) {
        List<@Nullable Object> arguments = arguments(view, query.filter());
        arguments.add(query.size());
        arguments.add(offset);
        return client.preparedQuery(PAGE.formatted(query.sort().orderBy(query.descending())))
                .execute(Tuple.from(arguments))
                .map(rows -> {
                    List<AlarmSearch.Found> found = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        found.add(new AlarmSearch.Found(AlarmStore.alarm(row, List.of()), row.getInteger(13)));
                    }
                    return found;
                });
    }

    private static List<@Nullable Object> arguments(View view, AlarmFilter filter) {
        List<@Nullable Object> arguments = new ArrayList<>();
        arguments.add(view.regions());
        arguments.add(view.customers());
        arguments.add(view.models());
        arguments.add(filter.device() == null ? null : filter.device().value());
        arguments.add(filter.customer());
        arguments.add(filter.site());
        arguments.add(filter.region());
        arguments.add(filter.model());
        arguments.add(filter.code());
        arguments.add(keys(filter.severities()));
        arguments.add(filter.open());
        arguments.add(filter.acknowledged());
        arguments.add(utc(filter.raisedFrom()));
        arguments.add(utc(filter.raisedTo()));
        return arguments;
    }

    private static String @Nullable [] keys(Set<Severity> severities) {
        return severities.isEmpty()
                ? null
                : severities.stream().map(Severity::key).toArray(String[]::new);
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : Times.within(time).atOffset(ZoneOffset.UTC);
    }
}
