package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.people.View;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL of the search for sessions. $1–$3 where their devices may be seen, $4–$9 the filter. */
final class SessionSearchStore {
    private static final String WHERE = """
             WHERE fairlead_in_view(d.region, d.customer, d.model, $1, $2, $3)
               AND ($4::text IS NULL OR s.device = $4)
               AND ($5::text IS NULL OR d.customer = $5)
               AND ($6::text IS NULL OR s.requested_by = 'person:' || $6)
               AND ($7::text[] IS NULL OR s.state = ANY ($7))
               AND ($8::timestamptz IS NULL OR s.requested_at >= $8)
               AND ($9::timestamptz IS NULL OR s.requested_at < $9)
            """;

    private static final String COUNT =
            "SELECT count(*)::int FROM remote_session s JOIN device d ON d.id = s.device" + WHERE;
    /** $10 and $11: how many after how many. */
    private static final String PAGE = SessionListStore.ROWS + WHERE + " ORDER BY %s LIMIT $10 OFFSET $11";

    Future<Integer> count(SqlClient client, View view, SessionQuery query) {
        return client.preparedQuery(COUNT)
                .execute(Tuple.from(arguments(view, query)))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    Future<List<SessionRow>> page(SqlClient client, View view, SessionQuery query, int offset) {
        List<@Nullable Object> arguments = arguments(view, query);
        arguments.add(query.size());
        arguments.add(offset);
        return client.preparedQuery(PAGE.formatted(query.sort().orderBy(query.descending())))
                .execute(Tuple.from(arguments))
                .map(rows -> {
                    List<SessionRow> found = new ArrayList<>(rows.size());
                    rows.forEach(row -> found.add(SessionListStore.row(row)));
                    return found;
                });
    }

    private static List<@Nullable Object> arguments(View view, SessionQuery query) {
        return new ArrayList<>(Arrays.asList(
                view.regions(),
                view.customers(),
                view.models(),
                query.device() == null ? null : query.device().value(),
                query.customer(),
                query.person(),
                query.states().isEmpty()
                        ? null
                        : query.states().stream().map(SessionState::name).toArray(String[]::new),
                utc(query.from()),
                utc(query.to())));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
