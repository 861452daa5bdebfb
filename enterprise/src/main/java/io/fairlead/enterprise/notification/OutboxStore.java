package io.fairlead.enterprise.notification;

import io.fairlead.enterprise.people.Scope;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** SQL of what waits, and of how its delivery goes. */
final class OutboxStore {
    private static final long LOCK = 0x6661_6972_6e6f_7465L;
    private static final String TAKE_LOCK = "SELECT pg_try_advisory_lock($1)";
    private static final String UNLOCK = "SELECT pg_advisory_unlock_all()";
    private static final String STILL_LOCKED = "SELECT 1";
    private static final String DUE = """
            SELECT s.id FROM notification_subscription s
             WHERE s.state <> 'suspended' AND (s.next_try IS NULL OR s.next_try <= $1)
               AND EXISTS (SELECT FROM notification_outbox o WHERE o.subscription = s.id)
             ORDER BY s.next_try NULLS FIRST, s.id LIMIT $2
            """;
    private static final String LOCK_ONE = """
            SELECT account, endpoint, soap12, token, last_number, attempts, failing_since
              FROM notification_subscription WHERE id = $1 AND state <> 'suspended' FOR NO KEY UPDATE
            """;
    /** Those first that have a number: they were sent before, and not taken. */
    private static final String OLDEST = """
            SELECT o.id, o.number, o.kind, o.at, o.device, o.body, d.customer, d.site, d.region, d.model
              FROM notification_outbox o LEFT JOIN device d ON d.id = o.device
             WHERE o.subscription = $1 ORDER BY o.number NULLS LAST, o.id LIMIT $2
            """;

    private static final String NUMBER = """
            UPDATE notification_outbox o SET number = n.number
              FROM unnest($1::bigint[], $2::bigint[]) AS n (id, number) WHERE o.id = n.id
            """;
    private static final String NUMBERED = "UPDATE notification_subscription SET last_number = $2 WHERE id = $1";
    private static final String DROP = "DELETE FROM notification_outbox WHERE id = ANY ($1)";
    private static final String TAKEN = """
            UPDATE notification_subscription
               SET state = 'active', delivered = delivered + $2, delivered_at = $3, failing_since = NULL, attempts = 0,
                   next_try = NULL
             WHERE id = $1
            """;
    private static final String FAILED = """
            UPDATE notification_subscription
               SET state = $2, failed_at = $3, failure = $4, failing_since = coalesce(failing_since, $3),
                   attempts = attempts + 1, next_try = $5
             WHERE id = $1
            """;
    private static final String ORPHANS = """
            DELETE FROM notification_outbox o
             WHERE NOT EXISTS (SELECT FROM notification_subscription s WHERE s.id = o.subscription)
            """;
    private static final String CROWDED = """
            SELECT subscription, count(*) FROM notification_outbox GROUP BY subscription HAVING count(*) > $1
            """;
    /** The oldest go, and the next number is left out: the receiver sees a hole. */
    private static final String TRIM = """
            WITH hole AS (UPDATE notification_subscription SET last_number = last_number + 1 WHERE id = $1)
            DELETE FROM notification_outbox WHERE id IN (
                SELECT id FROM notification_outbox WHERE subscription = $1 ORDER BY number NULLS LAST, id LIMIT $2)
            """;

    private static final String SUSPENDED = """
            SELECT account, id FROM notification_subscription WHERE state = 'suspended' ORDER BY account, id LIMIT 100
            """;

    /** Each subscription's by the index: it may be thousands. */
    private static final String BACKLOG = """
            SELECT coalesce(sum(w.waiting), 0)::bigint, min(w.oldest),
                   (SELECT count(*) FROM notification_subscription WHERE state = 'suspended')
              FROM notification_subscription s
             CROSS JOIN LATERAL (
                   SELECT (SELECT count(*) FROM notification_outbox o WHERE o.subscription = s.id) AS waiting,
                          (SELECT o.at FROM notification_outbox o WHERE o.subscription = s.id ORDER BY o.id LIMIT 1)
                              AS oldest) w
             WHERE s.state <> 'suspended'
            """;

    /**
     * What waits, and how many subscriptions have it wait for ever.
     *
     * @param oldest when the oldest of it happened; null when nothing waits
     */
    record Backlog(long waiting, @Nullable Instant oldest, long suspended) {
        static final Backlog NONE = new Backlog(0, null, 0);

        Duration age(Instant now) {
            return oldest == null || now.isBefore(oldest) ? Duration.ZERO : Duration.between(oldest, now);
        }
    }

    /** What is known of a subscription when it is its turn. */
    record Turn(
            String account,
            String endpoint,
            boolean soap12,
            String token,
            long lastNumber,
            int attempts,
            @Nullable Instant failingSince) {}

    /**
     * A row that waits.
     *
     * @param number null before it was sent
     * @param scope null when there is no such device any more
     */
    record Waiting(
            long id,
            @Nullable Long number,
            EventKind kind,
            Instant at,
            String device,
            JsonObject body,
            @Nullable String customer,
            @Nullable String site,
            @Nullable Scope scope) {}

    /** Whether this connection is the one that delivers, until it closes. */
    Future<Boolean> takeLock(SqlClient connection) {
        return connection
                .preparedQuery(TAKE_LOCK)
                .execute(Tuple.of(LOCK))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Fails when the connection, and so the lock, is gone. */
    Future<Boolean> stillLocked(SqlClient connection) {
        return connection.query(STILL_LOCKED).execute().map(true);
    }

    Future<Void> unlock(SqlClient connection) {
        return connection.query(UNLOCK).execute().mapEmpty();
    }

    Future<List<String>> due(SqlClient client, Instant now, int most) {
        return client.preparedQuery(DUE)
                .execute(Tuple.of(utc(now), most))
                .map(rows -> texts(rows, row -> row.getString(0)));
    }

    Future<Optional<Turn>> lock(SqlClient client, String subscription) {
        return client.preparedQuery(LOCK_ONE).execute(Tuple.of(subscription)).map(rows -> {
            for (Row row : rows) {
                OffsetDateTime since = row.getOffsetDateTime(6);
                return Optional.of(new Turn(
                        row.getString(0),
                        row.getString(1),
                        row.getBoolean(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getInteger(5),
                        since == null ? null : since.toInstant()));
            }
            return Optional.empty();
        });
    }

    Future<List<Waiting>> oldest(SqlClient client, String subscription, int most) {
        return client.preparedQuery(OLDEST)
                .execute(Tuple.of(subscription, most))
                .map(rows -> {
                    List<Waiting> all = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        String customer = row.getString(6);
                        all.add(new Waiting(
                                row.getLong(0),
                                row.getLong(1),
                                EventKind.ofKey(row.getString(2)),
                                row.getOffsetDateTime(3).toInstant(),
                                row.getString(4),
                                row.getJsonObject(5),
                                customer,
                                row.getString(7),
                                customer == null ? null : new Scope(row.getString(8), customer, row.getString(9))));
                    }
                    return all;
                });
    }

    Future<Void> number(SqlClient client, String subscription, List<Long> ids, List<Long> numbers, long last) {
        return ids.isEmpty()
                ? Future.succeededFuture()
                : client.preparedQuery(NUMBER)
                        .execute(Tuple.of(ids.toArray(Long[]::new), (Object) numbers.toArray(Long[]::new)))
                        .compose(done -> client.preparedQuery(NUMBERED).execute(Tuple.of(subscription, last)))
                        .mapEmpty();
    }

    Future<Void> drop(SqlClient client, List<Long> ids) {
        return ids.isEmpty()
                ? Future.succeededFuture()
                : client.preparedQuery(DROP)
                        .execute(Tuple.of((Object) ids.toArray(Long[]::new)))
                        .mapEmpty();
    }

    Future<Void> taken(SqlClient client, String subscription, int count, Instant now) {
        return client.preparedQuery(TAKEN)
                .execute(Tuple.of(subscription, (long) count, utc(now)))
                .mapEmpty();
    }

    Future<Void> failed(
            SqlClient client,
            String subscription,
            Subscription.State state,
            Undelivered why,
            Instant now,
            Duration nextIn) {
        return client.preparedQuery(FAILED)
                .execute(Tuple.of(subscription, state.key(), utc(now), why.text(), utc(now.plus(nextIn))))
                .mapEmpty();
    }

    /** Of subscriptions that are no more. */
    Future<Integer> dropOrphans(SqlClient client) {
        return client.query(ORPHANS).execute().map(rows -> rows.rowCount());
    }

    /** Those for which more wait than are kept. */
    Future<List<String>> crowded(SqlClient client, long most) {
        return client.preparedQuery(CROWDED)
                .execute(Tuple.of(most))
                .map(rows -> texts(rows, row -> row.getString(0) + " " + row.getLong(1)));
    }

    Future<Void> trim(SqlClient client, String subscription, int count) {
        return client.preparedQuery(TRIM).execute(Tuple.of(subscription, count)).mapEmpty();
    }

    /** Account and id of each. */
    Future<List<String>> suspended(SqlClient client) {
        return client.query(SUSPENDED)
                .execute()
                .map(rows -> texts(rows, row -> row.getString(0) + " " + row.getString(1)));
    }

    Future<Backlog> backlog(SqlClient client) {
        return client.query(BACKLOG).execute().map(rows -> {
            Row row = rows.iterator().next();
            OffsetDateTime oldest = row.getOffsetDateTime(1);
            return new Backlog(row.getLong(0), oldest == null ? null : oldest.toInstant(), row.getLong(2));
        });
    }

    private static List<String> texts(Iterable<Row> rows, Function<Row, String> text) {
        List<String> all = new ArrayList<>();
        rows.forEach(row -> all.add(text.apply(row)));
        return all;
    }

    static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
