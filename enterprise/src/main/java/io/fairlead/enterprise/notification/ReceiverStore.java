package io.fairlead.enterprise.notification;

import io.fairlead.enterprise.login.AddressRange;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** SQL of the hosts that an operator named. */
final class ReceiverStore {
    private static final String SELECT =
            "SELECT host, port, plain, networks, named_at, named_by FROM notification_receiver";
    private static final String FIND = SELECT + " WHERE host = $1 AND port = $2";
    private static final String LIST = SELECT + " ORDER BY host, port LIMIT 1000";
    /** Nothing when it was named so before. */
    private static final String NAME = """
            INSERT INTO notification_receiver AS r (host, port, plain, networks, named_at, named_by)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (host, port) DO UPDATE
               SET plain = excluded.plain, networks = excluded.networks, named_at = excluded.named_at,
                   named_by = excluded.named_by
             WHERE r.plain <> excluded.plain OR r.networks <> excluded.networks
            """;

    private static final String FORGET = "DELETE FROM notification_receiver WHERE host = $1 AND port = $2";

    Future<Optional<Receiver>> find(SqlClient client, String host, int port) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(host, port))
                .map(rows -> receivers(rows).stream().findFirst());
    }

    Future<List<Receiver>> list(SqlClient client) {
        return client.preparedQuery(LIST).execute().map(ReceiverStore::receivers);
    }

    /** Whether it was not so before. */
    Future<Boolean> name(SqlClient client, Receiver.Wish wish, Instant now, String by) {
        String[] networks = wish.networks().stream().map(AddressRange::text).toArray(String[]::new);
        return client.preparedQuery(NAME)
                .execute(Tuple.from(Arrays.asList(
                        wish.host(), wish.port(), wish.plain(), networks, now.atOffset(ZoneOffset.UTC), by)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Whether it was there. */
    Future<Boolean> forget(SqlClient client, String host, int port) {
        return client.preparedQuery(FORGET).execute(Tuple.of(host, port)).map(rows -> rows.rowCount() == 1);
    }

    private static List<Receiver> receivers(RowSet<Row> rows) {
        List<Receiver> all = new ArrayList<>(rows.size());
        for (Row row : rows) {
            all.add(new Receiver(
                    row.getString(0),
                    row.getInteger(1),
                    row.getBoolean(2),
                    Arrays.stream(row.getArrayOfStrings(3))
                            .map(AddressRange::of)
                            .toList(),
                    row.getOffsetDateTime(4).toInstant(),
                    row.getString(5)));
        }
        return all;
    }
}
