package io.fairlead.enterprise.file;

import io.fairlead.enterprise.people.View;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQL of pages of transfers: counted first, so that a page beyond the last becomes the last. */
final class TransferSearchStore {
    /** $1 a device or null, $2 directions, $3 states, each null for all, $4 and $5 since and until, $6 to $8 the view. */
    private static final String FOUND = """
              FROM transfer t JOIN device d ON d.id = t.device
             WHERE ($1::text IS NULL OR t.device = $1)
               AND ($2::text[] IS NULL OR t.direction = ANY ($2))
               AND ($3::text[] IS NULL OR t.state = ANY ($3))
               AND ($4::timestamptz IS NULL OR t.requested_at >= $4)
               AND ($5::timestamptz IS NULL OR t.requested_at < $5)
               AND fairlead_in_view(d.region, d.customer, d.model, $6, $7, $8)
            """;

    private static final String COUNT = "SELECT count(*)::int" + FOUND;
    /** $9 and $10: how many after how many. */
    private static final String PAGE =
            "SELECT " + TransferStore.COLUMNS + FOUND + " ORDER BY %s LIMIT $9::int OFFSET $10::int";

    Future<TransferPage> page(SqlClient client, TransferQuery query, View view) {
        List<@Nullable Object> filter = filter(query, view);
        return client.preparedQuery(COUNT).execute(Tuple.from(filter)).compose(counted -> {
            int total = counted.iterator().next().getInteger(0);
            int last = Math.max(1, (total + query.size() - 1) / query.size());
            int page = Math.min(query.page(), last);
            List<@Nullable Object> arguments = new ArrayList<>(filter);
            arguments.add(query.size());
            arguments.add((page - 1) * query.size());
            return client.preparedQuery(String.format(PAGE, query.sort().sql(query.descending())))
                    .execute(Tuple.from(arguments))
                    .map(rows -> new TransferPage(TransferStore.all(rows), total, page));
        });
    }

    private static List<@Nullable Object> filter(TransferQuery query, View view) {
        return Arrays.asList(
                query.device() == null ? null : query.device().value(),
                names(query.directions()),
                names(query.states()),
                utc(query.from()),
                utc(query.to()),
                view.regions(),
                view.customers(),
                view.models());
    }

    private static String @Nullable [] names(Set<? extends Enum<?>> wanted) {
        return wanted.isEmpty() ? null : wanted.stream().map(Enum::name).toArray(String[]::new);
    }

    private static @Nullable Object utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
