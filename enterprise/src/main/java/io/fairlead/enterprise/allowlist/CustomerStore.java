package io.fairlead.enterprise.allowlist;

import io.fairlead.enterprise.people.View;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

/** SQL of what customers have. PostgreSQL takes no null character: a text with one is nobody's name. */
final class CustomerStore {
    private static final String KINDS = """
            SELECT DISTINCT region, model FROM device WHERE customer = $1 AND retired_at IS NULL
            """;
    private static final String SEEN = """
            SELECT EXISTS (SELECT FROM device
                            WHERE customer = $1 AND retired_at IS NULL
                              AND fairlead_in_view(region, customer, model, $2, $3, $4))
            """;
    private static final String KNOWN = """
            SELECT EXISTS (SELECT FROM device WHERE customer = $1) OR EXISTS (SELECT FROM person WHERE customer = $1)
            """;

    Future<List<Portion.Kind>> kinds(SqlClient client, String customer) {
        return client.preparedQuery(KINDS)
                .execute(Tuple.of(clean(customer)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Portion.Kind(row.getString(0), row.getString(1)))
                        .toList());
    }

    Future<Boolean> isSeen(SqlClient client, String customer, View view) {
        return client.preparedQuery(SEEN)
                .execute(Tuple.from(Arrays.asList(clean(customer), view.regions(), view.customers(), view.models())))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Whether a device or a person is of that customer. */
    Future<Boolean> isKnown(SqlClient client, String customer) {
        return client.preparedQuery(KNOWN)
                .execute(Tuple.of(clean(customer)))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private static String clean(String customer) {
        return customer.replace('\0', '\uFFFD');
    }
}
