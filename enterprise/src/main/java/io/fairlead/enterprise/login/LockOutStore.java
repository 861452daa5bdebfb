package io.fairlead.enterprise.login;

import static io.fairlead.enterprise.login.Moment.instant;
import static io.fairlead.enterprise.login.Moment.time;

import io.fairlead.enterprise.login.LockOut.Blocked;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;

/** Rows of {@code login_failure}. */
final class LockOutStore {
    // One statement, so that of many at once each gets a number of its own. Past the bound it no longer rises, but each
    // attempt begins the quiet time anew.
    private static final String TAKE = """
            INSERT INTO login_failure (counter, failures, last_at) VALUES ($1, 1, $3)
            ON CONFLICT (counter) DO UPDATE SET
                failures = CASE WHEN login_failure.last_at <= $4 THEN 1
                                ELSE least(login_failure.failures, $2) + 1 END,
                last_at = greatest(login_failure.last_at, $3)
            RETURNING failures
            """;
    private static final String TOUCH = """
            UPDATE login_failure SET last_at = greatest(last_at, $3)
             WHERE counter = $1 AND failures >= $2 AND last_at > $4
            """;
    private static final String FAILURES = """
            SELECT failures FROM login_failure WHERE counter = $1
            """;
    private static final String GIVE_BACK = """
            UPDATE login_failure SET failures = greatest(failures - 1, 0) WHERE counter = $1
            """;
    private static final String FORGET = """
            DELETE FROM login_failure WHERE counter = $1
            """;
    private static final String BLOCKED = """
            SELECT counter, last_at FROM login_failure
             WHERE failures >= $1 AND last_at > $2 AND counter !~ '^(account-)?proxy:' ORDER BY last_at DESC LIMIT 1000
            """;

    Future<Integer> take(SqlClient client, String counter, int most, Instant now, Instant quietSince) {
        return client.preparedQuery(TAKE)
                .execute(Tuple.of(counter, most, time(now), time(quietSince)))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    Future<Boolean> touch(SqlClient client, String counter, int most, Instant now, Instant quietSince) {
        return client.preparedQuery(TOUCH)
                .execute(Tuple.of(counter, most, time(now), time(quietSince)))
                .map(rows -> rows.rowCount() > 0);
    }

    Future<Integer> failures(SqlClient client, String counter) {
        return client.preparedQuery(FAILURES)
                .execute(Tuple.of(counter))
                .map(rows -> rows.size() == 0 ? 0 : rows.iterator().next().getInteger(0));
    }

    Future<Void> giveBack(SqlClient client, String counter) {
        return client.preparedQuery(GIVE_BACK).execute(Tuple.of(counter)).mapEmpty();
    }

    Future<Boolean> forget(SqlClient client, String counter) {
        return client.preparedQuery(FORGET).execute(Tuple.of(counter)).map(rows -> rows.rowCount() > 0);
    }

    Future<List<Blocked>> blocked(SqlClient client, int most, Instant quietSince) {
        return client.preparedQuery(BLOCKED)
                .execute(Tuple.of(most, time(quietSince)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Blocked(row.getString(0), instant(row, 1)))
                        .toList());
    }
}
