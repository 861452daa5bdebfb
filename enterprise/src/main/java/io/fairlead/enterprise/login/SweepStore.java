package io.fairlead.enterprise.login;

import static io.fairlead.enterprise.login.Moment.time;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Deletes what is over. */
final class SweepStore {
    private static final Map<String, Duration> OVER = new LinkedHashMap<>();

    static {
        OVER.put("DELETE FROM login_answered WHERE at < $1", Duration.ofHours(1));
        OVER.put("DELETE FROM login_challenge WHERE not_after < $1", Duration.ofHours(1));
        OVER.put("DELETE FROM login_confirmation WHERE not_after < $1", Duration.ofHours(1));
        OVER.put("DELETE FROM login_failure WHERE last_at < $1", Duration.ofDays(1));
        OVER.put("DELETE FROM login_link WHERE not_after < $1", Duration.ofDays(90));
        OVER.put("DELETE FROM login_session WHERE not_after < $1", Duration.ofDays(90));
    }

    Future<Void> sweep(SqlClient client, Instant now) {
        Future<Void> done = Future.succeededFuture();
        for (Map.Entry<String, Duration> one : OVER.entrySet()) {
            done = done.compose(before -> client.preparedQuery(one.getKey())
                    .execute(Tuple.of(time(now.minus(one.getValue()))))
                    .mapEmpty());
        }
        return done;
    }
}
