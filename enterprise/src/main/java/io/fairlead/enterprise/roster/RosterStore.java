package io.fairlead.enterprise.roster;

import io.fairlead.enterprise.fleet.DeviceId;
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
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * SQL of the list. $1–$3 where devices may be seen, $4–$6 where their alarms and instructions may, $7 and $8 since when
 * whoever is silent is late or missing, $9–$14 the filter, $15 ids that alone are wanted, $16 a group. States and healths are the
 * positions in their enums.
 */
final class RosterStore {
    /**
     * The view is asked once for each region, customer and model that there is: for each of 10,000 devices it took ten times
     * as long. The outer join keeps the planner from believing that hardly a device is seen. All else is a scan, which is as
     * fast as it need be.
     */
    private static final String FOUND = """
            WITH every AS MATERIALIZED (SELECT DISTINCT region, customer, model FROM device),
            place AS MATERIALIZED (
                SELECT region, customer, model, fairlead_in_view(region, customer, model, $1, $2, $3) AS seen,
                       fairlead_in_view(region, customer, model, $4, $5, $6) AS data
                  FROM every),
            open AS (
                SELECT a.device, count(*)::int AS alarms,
                       min(array_position(ARRAY['critical', 'error', 'warning', 'info'], a.severity)) - 1 AS worst
                  FROM alarm a WHERE a.cleared_at IS NULL GROUP BY a.device),
            found AS MATERIALIZED (
                SELECT d.id, d.customer, d.site, d.region, d.model, d.serial, d.muted, d.enrolment IS NOT NULL AS enrolled,
                       d.created_at, d.stolen_at, d.retired_at, d.version, c.last_contact, c.address, c.agent_version, s.data,
                       CASE WHEN d.stolen_at IS NOT NULL THEN 0
                            WHEN d.retired_at IS NOT NULL THEN 1
                            WHEN c.held_at IS NOT NULL THEN 2
                            WHEN d.enrolment IS NULL THEN 3
                            WHEN d.muted THEN 4
                            WHEN c.last_contact IS NULL THEN 5
                            WHEN c.last_contact < $8 THEN 6
                            WHEN c.last_contact < $7 THEN 7
                            ELSE 8 END AS state,
                       CASE WHEN s.data THEN coalesce(o.worst, 4) ELSE 4 END AS health,
                       CASE WHEN s.data THEN coalesce(o.alarms, 0) ELSE 0 END AS alarms
                  FROM device d
                  LEFT JOIN place s ON s.region = d.region AND s.customer = d.customer AND s.model = d.model
                  JOIN device_contact c ON c.device = d.id
                  LEFT JOIN open o ON o.device = d.id
                 WHERE coalesce(s.seen, false)
                   AND ($9::text[] IS NULL
                        OR concat_ws(' ', d.id, d.customer, d.site, d.region, d.model, d.serial, c.address)
                           COLLATE "default" ILIKE ALL ($9))
                   AND ($10::text IS NULL OR d.customer = $10)
                   AND ($11::text IS NULL OR d.site = $11)
                   AND ($12::text IS NULL OR d.region = $12)
                   AND ($13::text IS NULL OR d.model = $13)
                   AND ($14::text IS NULL OR s.data AND EXISTS (
                        SELECT 1 FROM alarm a WHERE a.device = d.id AND a.code = $14 AND a.cleared_at IS NULL))
                   AND ($15::text[] IS NULL OR d.id IN (SELECT unnest($15::text[])))
                   AND ($16::text IS NULL OR d.id IN (
                        SELECT m.device FROM device_group_member m WHERE m.device_group = $16)))
            """;

    private static final String COUNTS =
            FOUND + "SELECT state, health, count(*)::int FROM found GROUP BY state, health";

    /** $17 and $18: the states and healths wanted. */
    private static final String CHOSEN =
            " WHERE ($17::int[] IS NULL OR state = ANY ($17)) AND ($18::int[] IS NULL OR health = ANY ($18))";

    private static final String IDS = FOUND + "SELECT id FROM found" + CHOSEN + " ORDER BY ";

    /** $19 and $20: how many lines after how many, $21 now. */
    private static final String PAGE = FOUND + """
            , page AS (
                SELECT row_number() OVER (ORDER BY %1$s) AS line, *
                  FROM found
                %2$s
                 ORDER BY %1$s LIMIT $19 OFFSET $20)
            SELECT p.id, p.customer, p.site, p.region, p.model, p.serial, p.state, p.muted, p.last_contact, p.address,
                   p.agent_version, p.health, p.alarms, w.code, w.text,
                   CASE WHEN p.data THEN (SELECT count(*)::int FROM instruction i
                                            JOIN device d ON d.id = i.device AND d.enrolment = i.enrolment
                                           WHERE i.device = p.id AND i.outcome IS NULL AND i.cancelled_at IS NULL
                                             AND i.not_after > $21)
                        ELSE 0 END,
                   p.enrolled, p.created_at, p.stolen_at, p.retired_at, p.version
              FROM page p
              LEFT JOIN LATERAL (
                SELECT a.code, a.text FROM alarm a
                 WHERE a.device = p.id AND a.cleared_at IS NULL AND p.data
                 ORDER BY array_position(ARRAY['critical', 'error', 'warning', 'info'], a.severity), a.id DESC
                 LIMIT 1) w ON true
             ORDER BY p.line
            """;

    private static final String CHOICES = """
            WITH kinds AS MATERIALIZED (
                SELECT customer, site, region, model, count(*) AS devices
                  FROM device WHERE retired_at IS NULL GROUP BY customer, site, region, model)
            SELECT grouping(customer, site, region, model), coalesce(customer, site, region, model), sum(devices)::int
              FROM kinds
             WHERE fairlead_in_view(region, customer, model, $1, $2, $3)
             GROUP BY GROUPING SETS (customer, site, region, model)
             ORDER BY 1, 2
            """;

    private static final String SITES = """
            SELECT customer, site, count(*)::int
              FROM device
             WHERE retired_at IS NULL AND fairlead_in_view(region, customer, model, $1, $2, $3)
             GROUP BY customer, site
             ORDER BY site, customer
            """;

    /** Where whom may see what, and when. */
    record Asked(View devices, View data, Instant now) {}

    Future<RosterCounts> counts(SqlClient client, Asked asked, RosterFilter filter) {
        return client.preparedQuery(COUNTS)
                .execute(Tuple.from(arguments(asked, filter, null)))
                .map(rows -> {
                    RosterCounts.Sum sum = new RosterCounts.Sum(filter);
                    for (Row row : rows) {
                        sum.add(
                                DeviceState.ofRank(row.getInteger(0)),
                                Health.ofRank(row.getInteger(1)),
                                row.getInteger(2));
                    }
                    return sum.done();
                });
    }

    /** All that are wanted, in order. */
    Future<List<DeviceId>> ids(SqlClient client, Asked asked, RosterFilter filter, String orderBy) {
        return client.preparedQuery(IDS + orderBy)
                .execute(Tuple.from(chosen(asked, filter, null)))
                .map(rows -> {
                    List<DeviceId> list = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        list.add(new DeviceId(row.getString(0)));
                    }
                    return list;
                });
    }

    /** Those of the ids that may be seen, in the order of the ids. */
    Future<List<RosterRow>> lines(SqlClient client, Asked asked, List<DeviceId> ids) {
        String[] wanted = ids.stream().map(DeviceId::value).toArray(String[]::new);
        return page(
                client,
                asked,
                chosen(asked, RosterFilter.ALL, wanted),
                "array_position($15::text[], id)",
                wanted.length,
                0);
    }

    Future<List<RosterRow>> page(
            SqlClient client, Asked asked, RosterFilter filter, String orderBy, int size, int offset) {
        return page(client, asked, chosen(asked, filter, null), orderBy, size, offset);
    }

    private static Future<List<RosterRow>> page(
            SqlClient client, Asked asked, List<@Nullable Object> arguments, String orderBy, int size, int offset) {
        arguments.add(size);
        arguments.add(offset);
        arguments.add(asked.now().atOffset(ZoneOffset.UTC));
        return client.preparedQuery(PAGE.formatted(orderBy, CHOSEN))
                .execute(Tuple.from(arguments))
                .map(rows -> {
                    List<RosterRow> list = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        list.add(row(row));
                    }
                    return list;
                });
    }

    private static List<@Nullable Object> chosen(Asked asked, RosterFilter filter, String @Nullable [] ids) {
        List<@Nullable Object> arguments = arguments(asked, filter, ids);
        // Whoever names the devices wants them however they stand.
        arguments.add(ids == null ? ranks(filter.taken(), DeviceState::rank) : null);
        arguments.add(ranks(filter.healths(), Health::rank));
        return arguments;
    }

    private static List<@Nullable Object> arguments(Asked asked, RosterFilter filter, String @Nullable [] ids) {
        List<@Nullable Object> arguments = new ArrayList<>();
        places(arguments, asked.devices());
        places(arguments, asked.data());
        arguments.add(asked.now().minus(DeviceState.ONLINE_FOR).atOffset(ZoneOffset.UTC));
        arguments.add(asked.now().minus(DeviceState.LATE_FOR).atOffset(ZoneOffset.UTC));
        List<String> patterns = filter.patterns();
        arguments.add(patterns.isEmpty() ? null : patterns.toArray(String[]::new));
        arguments.add(filter.customer());
        arguments.add(filter.site());
        arguments.add(filter.region());
        arguments.add(filter.model());
        arguments.add(filter.alarm());
        arguments.add(ids);
        arguments.add(filter.group());
        return arguments;
    }

    static void places(List<@Nullable Object> arguments, View view) {
        arguments.add(view.regions());
        arguments.add(view.customers());
        arguments.add(view.models());
    }

    private static <T> Integer @Nullable [] ranks(Set<T> wanted, ToIntFunction<T> rank) {
        return wanted.isEmpty() ? null : wanted.stream().mapToInt(rank).boxed().toArray(Integer[]::new);
    }

    private static RosterRow row(Row row) {
        return new RosterRow(
                new DeviceId(row.getString(0)),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                DeviceState.ofRank(row.getInteger(6)),
                row.getBoolean(7),
                instant(row.getOffsetDateTime(8)),
                row.getString(9),
                row.getString(10),
                Health.ofRank(row.getInteger(11)),
                row.getInteger(12),
                row.getString(13),
                row.getString(14),
                row.getInteger(15),
                row.getBoolean(16),
                row.getOffsetDateTime(17).toInstant(),
                instant(row.getOffsetDateTime(18)),
                instant(row.getOffsetDateTime(19)),
                row.getLong(20));
    }

    static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    Future<Choices> choices(SqlClient client, View view) {
        List<@Nullable Object> arguments = new ArrayList<>();
        places(arguments, view);
        return client.preparedQuery(CHOICES).execute(Tuple.from(arguments)).map(rows -> {
            // What is grouped by has its bit clear.
            Map<Integer, List<Choices.Choice>> lists = Map.of(
                    0b0111,
                    new ArrayList<>(),
                    0b1011,
                    new ArrayList<>(),
                    0b1101,
                    new ArrayList<>(),
                    0b1110,
                    new ArrayList<>());
            for (Row row : rows) {
                lists.getOrDefault(row.getInteger(0), new ArrayList<>())
                        .add(new Choices.Choice(row.getString(1), row.getInteger(2)));
            }
            return new Choices(
                    lists.getOrDefault(0b0111, List.of()),
                    lists.getOrDefault(0b1011, List.of()),
                    lists.getOrDefault(0b1101, List.of()),
                    lists.getOrDefault(0b1110, List.of()));
        });
    }

    Future<List<CustomerSite>> sites(SqlClient client, View view) {
        List<@Nullable Object> arguments = new ArrayList<>();
        places(arguments, view);
        return client.preparedQuery(SITES).execute(Tuple.from(arguments)).map(rows -> {
            List<CustomerSite> list = new ArrayList<>(rows.size());
            for (Row row : rows) {
                list.add(new CustomerSite(row.getString(0), row.getString(1), row.getInteger(2)));
            }
            return list;
        });
    }
}
