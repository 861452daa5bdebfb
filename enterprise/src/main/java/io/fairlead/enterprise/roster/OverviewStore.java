package io.fairlead.enterprise.roster;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.people.View;
import io.fairlead.enterprise.roster.Overview.Example;
import io.fairlead.enterprise.roster.Overview.Kind;
import io.fairlead.enterprise.roster.Overview.Need;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SQL of the overview. $1–$3 where devices may be seen, $4–$6 their data. Places are joined by LEFT JOIN and a filter: of three
 * columns that depend on each other PostgreSQL would expect next to no device, and go through the record once for each.
 */
final class OverviewStore {
    private static final List<Kind> KINDS = List.of(Kind.values());

    /** $7–$9 where the record of what was done may be seen, $10 since when, $11 who is silent since then is missing. */
    private static final String TODAY = """
            WITH every AS MATERIALIZED (SELECT DISTINCT region, customer, model FROM device),
            place AS MATERIALIZED (
                SELECT region, customer, model, fairlead_in_view(region, customer, model, $1, $2, $3) AS seen,
                       fairlead_in_view(region, customer, model, $4, $5, $6) AS data,
                       fairlead_in_view(region, customer, model, $7, $8, $9) AS record
                  FROM every),
            seen AS MATERIALIZED (
                SELECT d.id, d.created_at, d.enrolment, d.muted, d.stolen_at, p.data, p.record
                  FROM device d
                  LEFT JOIN place p ON p.region = d.region AND p.customer = d.customer AND p.model = d.model
                 WHERE coalesce(p.seen, false)),
            raised AS (
                SELECT count(*)::int AS alarms, (count(*) FILTER (WHERE a.severity = 'critical'))::int AS critical
                  FROM alarm a JOIN seen s ON s.id = a.device AND s.data WHERE a.received_at >= $10),
            reported AS (
                SELECT (count(*) FILTER (WHERE i.outcome = 'DONE'))::int AS done,
                       (count(*) FILTER (WHERE i.outcome <> 'DONE'))::int AS not_done
                  FROM instruction i JOIN seen s ON s.id = i.device AND s.data WHERE i.reported_at >= $10)
            SELECT (SELECT count(*)::int FROM seen WHERE created_at >= $10),
                   (SELECT count(*)::int FROM seen s JOIN device_enrolment e ON e.device = s.id
                     WHERE e.enrolled_at >= $10 AND s.enrolment = e.epoch),
                   (SELECT count(*)::int FROM seen s JOIN device_contact c ON c.device = s.id
                     WHERE c.last_contact >= $12 AND c.last_contact < $11 AND s.enrolment IS NOT NULL AND NOT s.muted
                       AND s.stolen_at IS NULL AND c.held_at IS NULL),
                   (SELECT alarms FROM raised), (SELECT critical FROM raised),
                   (SELECT done FROM reported), (SELECT not_done FROM reported),
                   (SELECT count(*)::int FROM audit_entry a JOIN seen s ON s.id = a.subject AND s.record
                     WHERE a.at >= $10 AND a.code = ANY (ARRAY['clone.decided', 'clone.released', 'device.muted',
                           'device.unmuted', 'device.stolen', 'device.found', 'device.revoked', 'device.retired',
                           'device.unretired']))
            """;

    /** $7 who is silent since then is missing, $8 how many of each are shown. */
    private static final String NEEDS = """
            WITH every AS MATERIALIZED (SELECT DISTINCT region, customer, model FROM device),
            place AS MATERIALIZED (
                SELECT region, customer, model, fairlead_in_view(region, customer, model, $1, $2, $3) AS seen,
                       fairlead_in_view(region, customer, model, $4, $5, $6) AS data
                  FROM every),
            seen AS MATERIALIZED (
                SELECT d.id, d.customer, d.muted, d.stolen_at, d.retired_at, d.enrolment, c.last_contact, c.held_at, c.held_why, p.data
                  FROM device d
                  LEFT JOIN place p ON p.region = d.region AND p.customer = d.customer AND p.model = d.model
                  JOIN device_contact c ON c.device = d.id
                 WHERE coalesce(p.seen, false)),
            wanting AS (
                SELECT 0 AS kind, id, customer, held_why AS what, held_at AS since FROM seen
                 WHERE held_at IS NOT NULL AND stolen_at IS NULL AND retired_at IS NULL
                UNION ALL
                (SELECT DISTINCT ON (s.id) 1, s.id, s.customer, coalesce(a.code || ' ' || a.text, a.code), a.raised_at
                   FROM alarm a JOIN seen s ON s.id = a.device AND s.data
                  WHERE a.cleared_at IS NULL AND a.severity = 'critical' AND a.acknowledged_at IS NULL
                  ORDER BY s.id, a.id DESC)
                UNION ALL
                SELECT 2, id, customer, NULL, last_contact FROM seen
                 WHERE last_contact < $7 AND enrolment IS NOT NULL AND NOT muted AND stolen_at IS NULL AND held_at IS NULL
                UNION ALL
                SELECT 3, s.id, s.customer, a.text, a.raised_at
                  FROM alarm a JOIN seen s ON s.id = a.device AND s.data
                 WHERE a.cleared_at IS NULL AND a.code = 'fairlead/certificate-expiring'),
            lines AS (
                SELECT *, count(*) OVER (PARTITION BY kind)::int AS devices,
                       row_number() OVER (PARTITION BY kind ORDER BY since DESC, id) AS line FROM wanting)
            SELECT kind, devices, id, customer, what, since FROM lines WHERE line <= $8 ORDER BY kind, line
            """;

    private static final int SHOWN = 5;

    Future<Overview.Today> today(SqlClient client, RosterStore.Asked asked, View record, Instant since) {
        List<@Nullable Object> arguments = new ArrayList<>();
        RosterStore.places(arguments, asked.devices());
        RosterStore.places(arguments, asked.data());
        RosterStore.places(arguments, record);
        arguments.add(since.atOffset(ZoneOffset.UTC));
        arguments.add(asked.now().minus(DeviceState.LATE_FOR).atOffset(ZoneOffset.UTC));
        arguments.add(since.minus(DeviceState.LATE_FOR).atOffset(ZoneOffset.UTC));
        return client.preparedQuery(TODAY).execute(Tuple.from(arguments)).map(rows -> {
            Row row = rows.iterator().next();
            return new Overview.Today(
                    row.getInteger(0),
                    row.getInteger(1),
                    row.getInteger(2),
                    row.getInteger(3),
                    row.getInteger(4),
                    row.getInteger(5),
                    row.getInteger(6),
                    row.getInteger(7));
        });
    }

    Future<Overview.Needs> needs(SqlClient client, RosterStore.Asked asked) {
        List<@Nullable Object> arguments = new ArrayList<>();
        RosterStore.places(arguments, asked.devices());
        RosterStore.places(arguments, asked.data());
        arguments.add(asked.now().minus(DeviceState.LATE_FOR).atOffset(ZoneOffset.UTC));
        arguments.add(SHOWN);
        return client.preparedQuery(NEEDS).execute(Tuple.from(arguments)).map(rows -> {
            Map<Kind, List<Example>> first = new EnumMap<>(Kind.class);
            Map<Kind, Integer> devices = new EnumMap<>(Kind.class);
            for (Row row : rows) {
                Kind kind = KINDS.get(row.getInteger(0));
                devices.put(kind, row.getInteger(1));
                first.computeIfAbsent(kind, none -> new ArrayList<>())
                        .add(new Example(
                                new DeviceId(row.getString(2)),
                                row.getString(3),
                                row.getString(4),
                                RosterStore.instant(row.getOffsetDateTime(5))));
            }
            List<Need> needs = new ArrayList<>();
            devices.forEach((kind, count) -> needs.add(new Need(kind, count, first.getOrDefault(kind, List.of()))));
            return new Overview.Needs(needs);
        });
    }
}
