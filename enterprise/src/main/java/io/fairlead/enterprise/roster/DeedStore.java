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
import org.jspecify.annotations.Nullable;

/** SQL of what was done to devices. The audit is read as it is, never changed. */
final class DeedStore {
    /**
     * What an entry says of its device; housekeeping of the server has no device. An instruction's number stands in the
     * detail as {@code sequence=N}.
     */
    private static final String LIST = """
            SELECT a.id, a.at, a.actor, a.code, a.subject, a.detail, d.customer, d.site, p.display_name, p.organisation,
                   i.kind, i.subject, i.reason
              FROM audit_entry a
              JOIN device d ON d.id = a.subject COLLATE "C"
              LEFT JOIN person p ON a.actor = 'person:' || p.name
              LEFT JOIN instruction i
                     ON a.detail ~ '(^| )sequence=[0-9]{1,18}( |$)' AND i.device = d.id
                    AND i.sequence = substring(a.detail FROM '(?:^| )sequence=([0-9]{1,18})')::bigint
             WHERE fairlead_in_view(d.region, d.customer, d.model, $1, $2, $3)
               AND ($4::text[] IS NULL OR concat_ws(' ', d.id, d.customer, d.site) COLLATE "default" ILIKE ALL ($4))
               AND ($5::text[] IS NULL OR concat_ws(' ', a.actor, p.display_name, p.organisation)
                                          COLLATE "default" ILIKE ALL ($5))
               AND ($6::timestamptz IS NULL OR a.at >= $6) AND ($7::timestamptz IS NULL OR a.at < $7)
               AND (NOT $8 OR a.actor LIKE 'person:%' OR a.actor LIKE 'os:%')
               AND ($9::bigint IS NULL OR a.id < $9)
             ORDER BY a.id DESC LIMIT $10
            """;

    Future<List<Deed>> list(SqlClient client, View view, DeedFilter filter, int limit) {
        List<@Nullable Object> arguments = new ArrayList<>();
        RosterStore.places(arguments, view);
        arguments.add(patterns(filter.text()));
        arguments.add(patterns(filter.who()));
        arguments.add(time(filter.from()));
        arguments.add(time(filter.to()));
        arguments.add(filter.people());
        arguments.add(filter.before());
        arguments.add(limit);
        return client.preparedQuery(LIST).execute(Tuple.from(arguments)).map(rows -> {
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
                kind == null ? null : subject.isEmpty() ? kind : kind + " " + subject,
                row.getString(12));
    }
}
