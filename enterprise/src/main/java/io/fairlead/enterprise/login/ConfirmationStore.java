package io.fairlead.enterprise.login;

import static io.fairlead.enterprise.login.Moment.time;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;

/** Rows of {@code login_confirmation}. */
final class ConfirmationStore {
    private static final String INSERT = """
            INSERT INTO login_confirmation (sha256, session, made_at, not_after) VALUES ($1, $2, $3, $4)
            """;
    private static final String WITHDRAW = """
            DELETE FROM login_confirmation WHERE session = $1 AND used_at IS NULL
            """;
    private static final String FIND = """
            SELECT session FROM login_confirmation WHERE sha256 = $1 AND used_at IS NULL AND not_after > $2
            """;
    private static final String USE = """
            UPDATE login_confirmation SET used_at = $2 WHERE sha256 = $1 AND used_at IS NULL AND not_after > $2
            """;

    Future<Void> insert(SqlConnection connection, String sha256, String session, Instant now, Instant notAfter) {
        return connection
                .preparedQuery(WITHDRAW)
                .execute(Tuple.of(session))
                .compose(withdrawn ->
                        connection.preparedQuery(INSERT).execute(Tuple.of(sha256, session, time(now), time(notAfter))))
                .mapEmpty();
    }

    /** The id of the session that waits for it. */
    Future<Optional<String>> find(SqlClient client, String sha256, Instant now) {
        return client.preparedQuery(FIND).execute(Tuple.of(sha256, time(now))).map(rows -> {
            for (Row row : rows) {
                return Optional.of(row.getString(0));
            }
            return Optional.empty();
        });
    }

    Future<Boolean> use(SqlConnection connection, String sha256, Instant now) {
        return connection
                .preparedQuery(USE)
                .execute(Tuple.of(sha256, time(now)))
                .map(rows -> rows.rowCount() > 0);
    }
}
