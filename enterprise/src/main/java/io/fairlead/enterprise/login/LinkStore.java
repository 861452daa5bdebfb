package io.fairlead.enterprise.login;

import static io.fairlead.enterprise.login.Moment.time;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of {@code login_link}, and of the persons that they are for. */
final class LinkStore {
    private static final String PERSON = """
            SELECT name, display_name, customer FROM person
             WHERE name = $1 AND kind = 'person' AND disabled_at IS NULL
            """;
    private static final String WITHDRAW = """
            UPDATE login_link SET withdrawn_at = $2
             WHERE person = $1 AND used_at IS NULL AND withdrawn_at IS NULL AND not_after > $2
            """;
    private static final String INSERT = """
            INSERT INTO login_link (sha256, person, new_passkey, made_by, made_at, not_after) VALUES ($1, $2, $3, $4, $5, $6)
            """;
    private static final String COLUMNS = """
            SELECT l.person, p.display_name, l.new_passkey, l.made_by FROM login_link l LEFT JOIN person p ON p.name = l.person
             WHERE l.sha256 = $1 AND l.used_at IS NULL AND l.withdrawn_at IS NULL AND l.not_after > $2
               AND p.disabled_at IS NULL
            """;
    private static final String USE = """
            UPDATE login_link SET used_at = $2
             WHERE sha256 = $1 AND used_at IS NULL AND withdrawn_at IS NULL AND not_after > $2
            """;
    // Two who use links to be the first: the second waits here, and finds that there is one.
    private static final String ONE_AT_A_TIME = """
            SELECT pg_advisory_xact_lock(hashtext('fairlead first administrator'))
            """;

    /** Somebody a link may be for. */
    record Person(String name, String displayName, @Nullable String customer) {}

    Future<Optional<Person>> person(SqlClient client, String name) {
        return client.preparedQuery(PERSON).execute(Tuple.of(name)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(new Person(row.getString(0), row.getString(1), row.getString(2)));
            }
            return Optional.empty();
        });
    }

    Future<Void> withdraw(SqlConnection connection, String person, Instant now) {
        return connection
                .preparedQuery(WITHDRAW)
                .execute(Tuple.of(person, time(now)))
                .mapEmpty();
    }

    Future<Void> insert(
            SqlConnection connection,
            String sha256,
            @Nullable String person,
            boolean newPasskey,
            String by,
            Instant now,
            Instant notAfter) {
        return connection
                .preparedQuery(INSERT)
                .execute(Tuple.of(sha256, person, newPasskey, by, time(now), time(notAfter)))
                .mapEmpty();
    }

    Future<Optional<Links.Open>> find(SqlClient client, String sha256, Instant now) {
        return client.preparedQuery(COLUMNS)
                .execute(Tuple.of(sha256, time(now)))
                .map(rows -> {
                    for (Row row : rows) {
                        return Optional.of(new Links.Open(
                                row.getString(0), row.getString(1), row.getBoolean(2), row.getString(3)));
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

    Future<Void> oneAtATime(SqlConnection connection) {
        return connection.query(ONE_AT_A_TIME).execute().mapEmpty();
    }
}
