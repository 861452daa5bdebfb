package io.fairlead.enterprise.login;

import static io.fairlead.enterprise.login.Moment.instant;
import static io.fairlead.enterprise.login.Moment.known;
import static io.fairlead.enterprise.login.Moment.time;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Rows of {@code login_passkey} and {@code login_challenge}. */
final class PasskeyStore {
    private static final String COUNT = """
            SELECT count(*) FROM login_passkey WHERE person = $1 AND removed_at IS NULL
            """;
    private static final String LIST = """
            SELECT credential, name, made_at, used_at, backed_up, transports FROM login_passkey
             WHERE person = $1 AND removed_at IS NULL ORDER BY made_at
            """;
    private static final String INSERT = """
            INSERT INTO login_passkey (credential, person, name, key, counter, transports, backed_up, made_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
            """;
    private static final String LOCK = """
            SELECT key, counter FROM login_passkey
             WHERE credential = $1 AND person = $2 AND removed_at IS NULL FOR UPDATE
            """;
    private static final String USED = """
            UPDATE login_passkey SET counter = $2, used_at = $3 WHERE credential = $1
            """;
    private static final String LOCK_ALL = """
            SELECT credential FROM login_passkey WHERE person = $1 AND removed_at IS NULL ORDER BY credential FOR UPDATE
            """;
    private static final String REMOVE = """
            UPDATE login_passkey SET removed_at = $3 WHERE credential = $1 AND person = $2 AND removed_at IS NULL
            RETURNING name
            """;
    private static final String REMOVE_ALL = """
            UPDATE login_passkey SET removed_at = $2 WHERE person = $1 AND removed_at IS NULL
            """;
    private static final String ASK = """
            INSERT INTO login_challenge (sha256, purpose, not_after) VALUES ($1, $2, $3)
            """;
    private static final String ANSWER = """
            DELETE FROM login_challenge WHERE sha256 = $1 AND purpose = $2 AND not_after > $3
            """;

    /** What is known of one to check it. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Kept(byte[] key, long counter) {}

    Future<Integer> count(SqlClient client, String person) {
        return client.preparedQuery(COUNT)
                .execute(Tuple.of(person))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    Future<List<Passkey>> list(SqlClient client, String person) {
        return client.preparedQuery(LIST)
                .execute(Tuple.of(person))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Passkey(
                                row.getBuffer(0).getBytes(),
                                row.getString(1),
                                instant(row, 2),
                                known(row, 3),
                                row.getBoolean(4),
                                row.getString(5)))
                        .toList());
    }

    /** False when the credential is there already. */
    Future<Boolean> insert(SqlClient client, String person, Passkey passkey, Kept kept) {
        return client.preparedQuery(INSERT)
                .execute(Tuple.of(
                        Buffer.buffer(passkey.credential()),
                        person,
                        passkey.name(),
                        Buffer.buffer(kept.key()),
                        kept.counter(),
                        passkey.transports(),
                        passkey.backedUp(),
                        time(passkey.madeAt())))
                .map(rows -> rows.rowCount() > 0);
    }

    Future<Optional<Kept>> lock(SqlConnection connection, byte[] credential, String person) {
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(Buffer.buffer(credential), person))
                .map(rows -> {
                    for (Row row : rows) {
                        return Optional.of(new Kept(row.getBuffer(0).getBytes(), row.getLong(1)));
                    }
                    return Optional.empty();
                });
    }

    Future<Void> used(SqlConnection connection, byte[] credential, long counter, Instant now) {
        return connection
                .preparedQuery(USED)
                .execute(Tuple.of(Buffer.buffer(credential), counter, time(now)))
                .mapEmpty();
    }

    /** How many there are; none comes or goes until the transaction ends. */
    Future<Integer> lockAll(SqlConnection connection, String person) {
        return connection.preparedQuery(LOCK_ALL).execute(Tuple.of(person)).map(rows -> rows.size());
    }

    /** Its name; empty when it was not there. */
    Future<Optional<String>> remove(SqlConnection connection, byte[] credential, String person, Instant now) {
        return connection
                .preparedQuery(REMOVE)
                .execute(Tuple.of(Buffer.buffer(credential), person, time(now)))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getString(0)));
    }

    Future<Integer> removeAll(SqlConnection connection, String person, Instant now) {
        return connection
                .preparedQuery(REMOVE_ALL)
                .execute(Tuple.of(person, time(now)))
                .map(rows -> rows.rowCount());
    }

    Future<Void> ask(SqlClient client, String sha256, String purpose, Instant notAfter) {
        return client.preparedQuery(ASK)
                .execute(Tuple.of(sha256, purpose, time(notAfter)))
                .mapEmpty();
    }

    /** Whether it was asked for that purpose, and is used up now. */
    Future<Boolean> answer(SqlClient client, String sha256, String purpose, Instant now) {
        return client.preparedQuery(ANSWER)
                .execute(Tuple.of(sha256, purpose, time(now)))
                .map(rows -> rows.rowCount() > 0);
    }
}
