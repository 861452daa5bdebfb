package io.fairlead.enterprise.notification;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL of the subscriptions as their accounts have them. */
final class SubscriptionStore {
    private static final String SELECT = """
            SELECT s.id, s.account, s.endpoint, s.soap12, s.kinds, s.device, s.customer, s.region, s.model,
                   s.least_severity, s.state, s.created_at, s.version, s.delivered, s.delivered_at, s.failed_at,
                   s.failure, s.attempts, s.next_try, (SELECT count(*) FROM notification_outbox o WHERE o.subscription = s.id)
              FROM notification_subscription s
            """;
    private static final String FIND = SELECT + " WHERE s.id = $1 AND s.account = $2";
    private static final String LIST = SELECT + " WHERE s.account = $1 ORDER BY s.created_at, s.id";
    private static final String LOCK = "SELECT FROM account WHERE name = $1 FOR NO KEY UPDATE";
    private static final String COUNT = "SELECT count(*) FROM notification_subscription WHERE account = $1";
    private static final String INSERT = """
            INSERT INTO notification_subscription
                   (id, account, endpoint, soap12, token, kinds, device, customer, region, model, least_severity, state,
                    created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'active', $12)
            """;
    /** What waits is tried at once. */
    private static final String CHANGE = """
            UPDATE notification_subscription
               SET endpoint = coalesce($4, endpoint), soap12 = coalesce($5, soap12), token = coalesce($6, token),
                   kinds = coalesce($7, kinds), version = version + 1, state = 'active', failing_since = NULL,
                   attempts = 0, next_try = NULL
             WHERE id = $1 AND account = $2 AND version = $3
            """;

    private static final String RESUME = """
            UPDATE notification_subscription SET state = 'active', failing_since = NULL, attempts = 0, next_try = NULL
             WHERE id = $1 AND account = $2
            """;
    private static final String END = "DELETE FROM notification_subscription WHERE id = $1 AND account = $2";
    private static final String DROP = "DELETE FROM notification_outbox WHERE subscription = $1";
    private static final String TOKEN = "SELECT token FROM notification_subscription WHERE id = $1 AND account = $2";

    Future<Optional<Subscription>> find(SqlClient client, String account, String id) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(id, account))
                .map(rows -> subscriptions(rows).stream().findFirst());
    }

    Future<List<Subscription>> list(SqlClient client, String account) {
        return client.preparedQuery(LIST).execute(Tuple.of(account)).map(SubscriptionStore::subscriptions);
    }

    /** How many the account has; until the transaction ends nobody makes another. */
    Future<Long> count(SqlClient client, String account) {
        return client.preparedQuery(LOCK)
                .execute(Tuple.of(account))
                .compose(alone -> client.preparedQuery(COUNT).execute(Tuple.of(account)))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Future<Void> insert(SqlClient client, String id, String account, Subscription.Wish wish, Instant now) {
        return client.preparedQuery(INSERT)
                .execute(Tuple.from(Arrays.asList(
                        id,
                        account,
                        wish.endpoint(),
                        wish.soap12(),
                        wish.token(),
                        keys(wish.kinds()),
                        wish.only().device(),
                        wish.only().customer(),
                        wish.only().region(),
                        wish.only().model(),
                        wish.only().severity(),
                        now.atOffset(ZoneOffset.UTC))))
                .mapEmpty();
    }

    /** Whether it has this version still. */
    Future<Boolean> change(SqlClient client, String account, String id, long version, Subscription.Change change) {
        List<EventKind> kinds = change.kinds();
        return client.preparedQuery(CHANGE)
                .execute(Tuple.from(Arrays.asList(
                        id,
                        account,
                        version,
                        change.endpoint(),
                        change.soap12(),
                        change.token(),
                        kinds == null ? null : keys(kinds))))
                .map(rows -> rows.rowCount() == 1);
    }

    private static String[] keys(List<EventKind> kinds) {
        return kinds.stream().map(EventKind::key).toArray(String[]::new);
    }

    /** Whether it is there. */
    Future<Boolean> resume(SqlClient client, String account, String id) {
        return client.preparedQuery(RESUME).execute(Tuple.of(id, account)).map(rows -> rows.rowCount() == 1);
    }

    /** With what waits for it; whether it was there. */
    Future<Boolean> end(SqlClient client, String account, String id) {
        return client.preparedQuery(END)
                .execute(Tuple.of(id, account))
                .compose(rows -> rows.rowCount() == 1
                        ? client.preparedQuery(DROP).execute(Tuple.of(id)).map(true)
                        : Future.succeededFuture(false));
    }

    Future<String> token(SqlClient client, String account, String id) {
        return client.preparedQuery(TOKEN)
                .execute(Tuple.of(id, account))
                .map(rows -> rows.iterator().next().getString(0));
    }

    private static List<Subscription> subscriptions(RowSet<Row> rows) {
        List<Subscription> all = new ArrayList<>(rows.size());
        for (Row row : rows) {
            all.add(new Subscription(
                    row.getString(0),
                    row.getString(1),
                    row.getString(2),
                    row.getBoolean(3),
                    Arrays.stream(row.getArrayOfStrings(4))
                            .map(EventKind::ofKey)
                            .toList(),
                    new Subscription.Only(
                            row.getString(5), row.getString(6), row.getString(7), row.getString(8), row.getString(9)),
                    Subscription.State.ofKey(row.getString(10)),
                    row.getOffsetDateTime(11).toInstant(),
                    row.getLong(12),
                    row.getLong(13),
                    row.getLong(19),
                    known(row, 14),
                    known(row, 15),
                    row.getString(16),
                    row.getInteger(17),
                    known(row, 18)));
        }
        return all;
    }

    private static @Nullable Instant known(Row row, int column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
