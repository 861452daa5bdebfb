package io.fairlead.enterprise.login;

import static io.fairlead.enterprise.login.Moment.known;
import static io.fairlead.enterprise.login.Moment.time;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL of how it stands with a log-in: reads what the other stores write. */
final class LogInStandingStore {
    /** $1 the person, $2 now, $3 who was not heard since is out, $4 since when failures count, $5 how many at most. */
    private static final String FIND = """
            SELECT (SELECT set_at FROM login_password WHERE person = $1),
                   (SELECT count(*)::int FROM login_passkey WHERE person = $1 AND removed_at IS NULL),
                   (SELECT max(made_at) FROM login_session WHERE person = $1),
                   (SELECT count(*)::int FROM login_session
                     WHERE person = $1 AND ended_at IS NULL AND not_after > $2 AND seen_at > $3 AND NOT waiting),
                   (SELECT count(*)::int FROM (
                        SELECT FROM audit_entry
                         WHERE subject = 'person:' || $1 AND code = 'login.failed' AND at > $4 LIMIT $5) f),
                   (SELECT max(not_after) FROM login_link
                     WHERE person = $1 AND used_at IS NULL AND withdrawn_at IS NULL AND not_after > $2),
                   (SELECT array_agg(DISTINCT address) FROM login_session WHERE person = $1)
            """;

    /** @param addresses from which he has logged in */
    record Found(
            @Nullable Instant passwordSetAt,
            int passkeys,
            @Nullable Instant lastLogInAt,
            int open,
            int failed,
            @Nullable Instant linkUntil,
            List<String> addresses) {
        LogInStanding standing(@Nullable Instant blockedUntil) {
            return new LogInStanding(passwordSetAt, passkeys, lastLogInAt, open, failed, blockedUntil, linkUntil);
        }
    }

    Future<Found> find(SqlClient client, String person, Instant now, Instant heardSince, Instant failedSince) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(person, time(now), time(heardSince), time(failedSince), LogInStanding.MOST_FAILED))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    String @Nullable [] addresses = row.getArrayOfStrings(6);
                    return new Found(
                            known(row, 0),
                            row.getInteger(1),
                            known(row, 2),
                            row.getInteger(3),
                            row.getInteger(4),
                            known(row, 5),
                            addresses == null ? List.of() : List.of(addresses));
                });
    }
}
