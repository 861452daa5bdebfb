package io.fairlead.enterprise.notification;

import static io.fairlead.enterprise.notification.OutboxStore.utc;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SQL of the tries to deliver. */
final class AttemptStore {
    private static final String INSERT = """
            INSERT INTO notification_attempt
                   (subscription, at, took_ms, count, first_number, last_number, kinds, status, failure, tries, next_try)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """;
    /** What was taken and what was not are counted apart: a receiver that takes much does not push out why it once did not. */
    private static final String CUT = """
            DELETE FROM notification_attempt
             WHERE subscription = $1 AND (failure IS NULL) = $2
               AND id <= (SELECT id FROM notification_attempt
                           WHERE subscription = $1 AND (failure IS NULL) = $2 ORDER BY id DESC OFFSET $3 LIMIT 1)
            """;

    private static final String FORGET = """
            DELETE FROM notification_attempt a
             WHERE at < $1 OR NOT EXISTS (SELECT FROM notification_subscription s WHERE s.id = a.subscription)
            """;
    private static final String LIST = """
            SELECT a.subscription, a.at, a.took_ms, a.count, a.first_number, a.last_number, a.kinds, a.status, a.failure,
                   a.tries, a.next_try
              FROM notification_attempt a JOIN notification_subscription s ON s.id = a.subscription
             WHERE s.account = $1 ORDER BY a.id DESC
            """;

    /** Keeps it, and of this subscription and this outcome so many at most. */
    Future<Void> note(SqlClient client, String subscription, Attempt attempt, int most) {
        Undelivered why = attempt.undelivered();
        Instant next = attempt.nextTry();
        return client.preparedQuery(INSERT)
                .execute(Tuple.from(Arrays.asList(
                        subscription,
                        utc(attempt.at()),
                        (int) attempt.took().toMillis(),
                        attempt.count(),
                        attempt.first(),
                        attempt.last(),
                        attempt.kinds().stream().map(EventKind::key).toArray(String[]::new),
                        attempt.status(),
                        why == null ? null : why.name(),
                        attempt.tries(),
                        next == null ? null : utc(next))))
                .compose(noted -> client.preparedQuery(CUT).execute(Tuple.of(subscription, why == null, (long) most)))
                .mapEmpty();
    }

    /** Those from before this time, and of subscriptions that are no more. */
    Future<Void> forget(SqlClient client, Instant before) {
        return client.preparedQuery(FORGET).execute(Tuple.of(utc(before))).mapEmpty();
    }

    /** By subscription, the newest first. */
    Future<Map<String, List<Attempt>>> list(SqlClient client, String account) {
        return client.preparedQuery(LIST).execute(Tuple.of(account)).map(rows -> {
            Map<String, List<Attempt>> all = new HashMap<>();
            for (Row row : rows) {
                all.computeIfAbsent(row.getString(0), first -> new ArrayList<>())
                        .add(attempt(row));
            }
            return all;
        });
    }

    private static Attempt attempt(Row row) {
        String why = row.getString(8);
        return new Attempt(
                row.getOffsetDateTime(1).toInstant(),
                Duration.ofMillis(row.getInteger(2)),
                row.getInteger(3),
                row.getLong(4),
                row.getLong(5),
                Arrays.stream(row.getArrayOfStrings(6)).map(EventKind::ofKey).toList(),
                row.getInteger(7),
                why == null ? null : Undelivered.valueOf(why),
                row.getInteger(9),
                instant(row.getOffsetDateTime(10)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
