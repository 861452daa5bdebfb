package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.people.View;
import io.fairlead.statements.StreamCause;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL by which sessions are looked for and read. */
final class SessionListStore {
    /** As many columns as {@link SessionStore#COLUMNS} has stand before these. */
    private static final int FIRST = 18;

    static final String ROWS = "SELECT " + SessionStore.COLUMNS + """
                   , d.customer, d.site, d.model, p.display_name, p.organisation,
                   (SELECT count(*) FROM remote_stream t WHERE t.session = s.id AND t.opened_at IS NOT NULL)::int,
                   s.asked_by
              FROM remote_session s JOIN device d ON d.id = s.device
              LEFT JOIN person p ON s.requested_by = 'person:' || p.name
            """;
    private static final String FIND = ROWS + " WHERE s.id = $1";
    /**
     * $1 whether it is over, null for both; $2 a device; $3 a part of its name or site; $4 customer; $5 a part of the
     * requester's name; $6 how it ended; $7 the last one of the page before; $8 how many.
     */
    private static final String LIST = ROWS + """
             WHERE ($1::boolean IS NULL OR (s.ended_at IS NOT NULL) = $1)
               AND ($2::text IS NULL OR s.device = $2)
               AND ($3 = '' OR strpos(lower(d.id), lower($3)) > 0 OR strpos(lower(d.site), lower($3)) > 0)
               AND ($4 = '' OR d.customer = $4)
               AND ($5 = '' OR strpos(lower(s.requested_by), lower($5)) > 0
                    OR strpos(lower(p.display_name), lower($5)) > 0)
               AND ($6 = '' OR s.state = $6 OR s.cause = $6)
               AND ($7::text IS NULL
                    OR (s.requested_at, s.id) < (SELECT b.requested_at, b.id FROM remote_session b WHERE b.id = $7))
               AND fairlead_in_view(d.region, d.customer, d.model, $9, $10, $11)
             ORDER BY s.requested_at DESC, s.id DESC LIMIT $8
            """;

    private static final String COUNT = """
            SELECT count(*)::int, count(*) FILTER (WHERE s.state = 'GRANTED')::int
              FROM remote_session s JOIN device d ON d.id = s.device
             WHERE s.ended_at IS NULL AND fairlead_in_view(d.region, d.customer, d.model, $1, $2, $3)
            """;

    private static final String STREAMS = """
            SELECT id, service, viewer, made_at, opened_at, ended_at, cause, from_agent, from_viewer
              FROM remote_stream WHERE session = $1 ORDER BY made_at, id
            """;

    Future<List<SessionRow>> list(
            SqlClient client, SessionFilter filter, @Nullable String before, View view, int limit) {
        List<@Nullable Object> arguments = Arrays.asList(
                filter.standing() == SessionFilter.Standing.ALL
                        ? null
                        : filter.standing() == SessionFilter.Standing.OVER,
                filter.of() == null ? null : filter.of().value(),
                filter.device(),
                filter.customer(),
                filter.person(),
                filter.end(),
                before,
                limit,
                view.regions(),
                view.customers(),
                view.models());
        return client.preparedQuery(LIST).execute(Tuple.from(arguments)).map(rows -> {
            List<SessionRow> list = new ArrayList<>(rows.size());
            rows.forEach(row -> list.add(row(row)));
            return list;
        });
    }

    Future<Optional<SessionRow>> find(SqlClient client, String id) {
        return client.preparedQuery(FIND).execute(Tuple.of(id)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(row(row));
            }
            return Optional.empty();
        });
    }

    Future<SessionLists.Open> count(SqlClient client, View view) {
        return client.preparedQuery(COUNT)
                .execute(Tuple.of(view.regions(), view.customers(), view.models()))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new SessionLists.Open(row.getInteger(0), row.getInteger(1));
                });
    }

    Future<List<SessionStream>> streams(SqlClient client, String session) {
        return client.preparedQuery(STREAMS).execute(Tuple.of(session)).map(rows -> {
            List<SessionStream> list = new ArrayList<>(rows.size());
            for (Row row : rows) {
                String cause = row.getString(6);
                list.add(new SessionStream(
                        row.getString(0),
                        ServiceWords.read(row.getString(1)),
                        row.getString(2),
                        row.getOffsetDateTime(3).toInstant(),
                        instant(row.getOffsetDateTime(4)),
                        instant(row.getOffsetDateTime(5)),
                        cause == null ? null : StreamCause.valueOf(cause),
                        row.getLong(7),
                        row.getLong(8)));
            }
            return list;
        });
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    static SessionRow row(Row row) {
        return new SessionRow(
                SessionStore.session(row),
                row.getString(FIRST),
                row.getString(FIRST + 1),
                row.getString(FIRST + 2),
                row.getString(FIRST + 3),
                row.getString(FIRST + 4),
                row.getInteger(FIRST + 5),
                row.getString(FIRST + 6));
    }
}
