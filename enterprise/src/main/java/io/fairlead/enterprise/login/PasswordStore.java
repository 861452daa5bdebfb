package io.fairlead.enterprise.login;

import static io.fairlead.enterprise.login.Moment.time;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Rows of {@code login_password} and {@code login_answered}. */
final class PasswordStore {
    private static final String FIND = """
            SELECT l.sealed, p.disabled_at IS NOT NULL FROM login_password l JOIN person p ON p.name = l.person
             WHERE l.person = $1
            """;
    private static final String SET = """
            INSERT INTO login_password (person, sealed, key_id, set_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (person) DO UPDATE SET sealed = $2, key_id = $3, set_at = $4
            """;
    private static final String ANSWERED = """
            INSERT INTO login_answered (exchange, at) VALUES ($1, $2) ON CONFLICT DO NOTHING
            """;
    private static final String SECRETS = """
            SELECT DISTINCT key_id FROM login_password
            """;
    private static final String ABLE = """
            SELECT person FROM login_password WHERE person = ANY ($1)
            """;
    private static final String ANY = """
            SELECT EXISTS (SELECT FROM login_password)
            """;

    /** A person who has a password. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Found(byte[] sealed, boolean disabled) {}

    Future<Optional<Found>> find(SqlClient client, String person) {
        return client.preparedQuery(FIND).execute(Tuple.of(person)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(new Found(row.getBuffer(0).getBytes(), row.getBoolean(1)));
            }
            return Optional.empty();
        });
    }

    Future<Void> set(SqlClient client, String person, byte[] sealed, String keyId, Instant now) {
        return client.preparedQuery(SET)
                .execute(Tuple.of(person, Buffer.buffer(sealed), keyId, time(now)))
                .mapEmpty();
    }

    /** Whether it is the first answer to this exchange. */
    Future<Boolean> answered(SqlClient client, String exchange, Instant now) {
        return client.preparedQuery(ANSWERED)
                .execute(Tuple.of(exchange, time(now)))
                .map(rows -> rows.rowCount() > 0);
    }

    /** The ids of the secrets that passwords are sealed by. */
    Future<Set<String>> secrets(SqlClient client) {
        return client.query(SECRETS).execute().map(rows -> {
            Set<String> ids = new HashSet<>();
            rows.forEach(row -> ids.add(row.getString(0)));
            return ids;
        });
    }

    Future<Set<String>> able(SqlClient client, Set<String> names) {
        return client.preparedQuery(ABLE)
                .execute(Tuple.of((Object) names.toArray(String[]::new)))
                .map(rows -> {
                    Set<String> able = new HashSet<>();
                    rows.forEach(row -> able.add(row.getString(0)));
                    return able;
                });
    }

    Future<Boolean> any(SqlClient client) {
        return client.query(ANY).execute().map(rows -> rows.iterator().next().getBoolean(0));
    }
}
