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
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** SQL of what was done to devices. The audit is read as it is, never changed. */
final class DeedStore {
    private static final String ROW = """
            SELECT a.id, a.at, a.actor, a.code, a.subject, a.detail, d.customer, d.site, p.display_name, p.organisation,
                   i.kind, i.subject, i.reason, t.direction, coalesce(t.name, t.asked), t.reason
            """;
    private static final String FITS = """
                   ($5::text[] IS NULL OR concat_ws(' ', a.actor, p.display_name, p.organisation)
                                          COLLATE "default" ILIKE ALL ($5))
               AND ($6::timestamptz IS NULL OR a.at >= $6) AND ($7::timestamptz IS NULL OR a.at < $7)
               AND (NOT $8 OR a.actor ~ '^(person|integration|os):')
               AND ($9::bigint IS NULL OR a.id < $9)
            """;
    /** What an entry is about stands in its detail: {@code sequence=N} of an instruction, {@code transfer=ID}. */
    private static final String ABOUT = """
              LEFT JOIN instruction i
                     ON a.detail ~ '(^| )sequence=[0-9]{1,18}( |$)' AND i.device = d.id
                    AND i.sequence = substring(a.detail FROM '(?:^| )sequence=([0-9]{1,18})')::bigint
              LEFT JOIN transfer t ON t.id = substring(a.detail FROM '(?:^| )transfer=([0-9a-f]{32})')
                    AND t.device = d.id
            """;
    /** For who sees every device: from the newest entry on, until there are enough. */
    private static final String OF_ALL = ROW + """
              FROM (SELECT a.*, p.display_name, p.organisation
                      FROM audit_entry a
                      JOIN device d ON d.id = a.subject
                      LEFT JOIN person p ON a.actor = p.kind || ':' || p.name
                     WHERE ($4::text[] IS NULL
                            OR concat_ws(' ', d.id, d.customer, d.site) COLLATE "default" ILIKE ALL ($4))
                       AND %1$s
                       AND $1::text[] IS NULL AND $2::text[] IS NULL AND $3::text[] IS NULL
                     ORDER BY a.id DESC LIMIT $10) a
              JOIN device d ON d.id = a.subject
              LEFT JOIN person p ON a.actor = p.kind || ':' || p.name
            """.formatted(FITS) + ABOUT + " ORDER BY a.id DESC";
    /** For who sees some: the newest entries of each, by the index of subjects, and of these the newest. */
    private static final String OF_SOME = """
            WITH every AS MATERIALIZED (SELECT DISTINCT region, customer, model FROM device),
            place AS MATERIALIZED (
                SELECT region, customer, model, fairlead_in_view(region, customer, model, $1, $2, $3) AS seen FROM every),
            seen AS MATERIALIZED (
                SELECT d.id, d.customer, d.site
                  FROM device d
                  LEFT JOIN place p ON p.region = d.region AND p.customer = d.customer AND p.model = d.model
                 WHERE coalesce(p.seen, false)
                   AND ($4::text[] IS NULL
                        OR concat_ws(' ', d.id, d.customer, d.site) COLLATE "default" ILIKE ALL ($4))),
            newest AS MATERIALIZED (
                SELECT a.*
                  FROM seen s
                 CROSS JOIN LATERAL (
                    SELECT a.* FROM audit_entry a LEFT JOIN person p ON a.actor = p.kind || ':' || p.name
                     WHERE a.subject = s.id AND %1$s
                     ORDER BY a.id DESC LIMIT $10) a
                 ORDER BY a.id DESC LIMIT $10)
            """.formatted(FITS) + ROW + """
              FROM newest a
              JOIN seen d ON d.id = a.subject
              LEFT JOIN person p ON a.actor = p.kind || ':' || p.name
            """ + ABOUT + " ORDER BY a.id DESC";

    private static final String COUNT = """
            WITH every AS MATERIALIZED (SELECT DISTINCT region, customer, model FROM device),
            place AS MATERIALIZED (
                SELECT region, customer, model, fairlead_in_view(region, customer, model, $1, $2, $3) AS seen FROM every),
            seen AS MATERIALIZED (
                SELECT d.id
                  FROM device d
                  LEFT JOIN place p ON p.region = d.region AND p.customer = d.customer AND p.model = d.model
                 WHERE coalesce(p.seen, false)
                   AND ($4::text[] IS NULL
                        OR concat_ws(' ', d.id, d.customer, d.site) COLLATE "default" ILIKE ALL ($4)))
            SELECT count(*), coalesce(max(a.id), 0)
              FROM audit_entry a
              JOIN seen s ON s.id = a.subject
              LEFT JOIN person p ON a.actor = p.kind || ':' || p.name
             WHERE %1$s
            """.formatted(FITS);

    Future<Deed.Count> count(SqlClient client, View view, DeedFilter filter) {
        return client.preparedQuery(COUNT)
                .execute(Tuple.from(arguments(view, filter)))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Deed.Count(row.getLong(0), row.getLong(1));
                });
    }

    private static List<@Nullable Object> arguments(View view, DeedFilter filter) {
        List<@Nullable Object> arguments = new ArrayList<>();
        RosterStore.places(arguments, view);
        arguments.add(patterns(filter.text()));
        arguments.add(patterns(filter.who()));
        arguments.add(time(filter.from()));
        arguments.add(time(filter.to()));
        arguments.add(filter.people());
        arguments.add(filter.before());
        return arguments;
    }

    Future<List<Deed>> list(SqlClient client, View view, DeedFilter filter, int limit) {
        List<@Nullable Object> arguments = arguments(view, filter);
        arguments.add(limit);
        return client.preparedQuery(view.isEverything() ? OF_ALL : OF_SOME)
                .execute(Tuple.from(arguments))
                .map(rows -> {
                    List<Deed> deeds = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        deeds.add(deed(row));
                    }
                    return deeds;
                });
    }

    private static String @Nullable [] patterns(String text) {
        List<String> patterns = RosterFilter.patterns(text);
        return patterns.isEmpty() ? null : patterns.toArray(String[]::new);
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static Deed deed(Row row) {
        String kind = row.getString(10);
        String subject = row.getString(11);
        return new Deed(
                row.getLong(0),
                row.getOffsetDateTime(1).toInstant(),
                row.getString(2),
                row.getString(8),
                row.getString(9),
                row.getString(3),
                new DeviceId(row.getString(4)),
                row.getString(6),
                row.getString(7),
                row.getString(5),
                kind != null ? about(kind, subject) : about(row.getString(13), row.getString(14)),
                kind != null ? row.getString(12) : row.getString(15));
    }

    private static @Nullable String about(@Nullable String kind, @Nullable String subject) {
        if (kind == null) {
            return null;
        }
        String word = kind.toLowerCase(Locale.ROOT);
        return subject == null || subject.isEmpty() ? word : word + " " + subject;
    }
}
