package io.fairlead.enterprise.login;

import static io.fairlead.enterprise.login.Moment.instant;
import static io.fairlead.enterprise.login.Moment.known;
import static io.fairlead.enterprise.login.Moment.time;

import io.fairlead.enterprise.login.Session.Kind;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Rows of {@code login_session}. */
final class SessionStore {
    private static final String INSERT = """
            INSERT INTO login_session (id, sha256, person, kind, waiting, made_at, seen_at, not_after, address, client)
            VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9)
            """;
    private static final String COLUMNS = """
            SELECT s.id, s.person, p.display_name, s.kind, s.waiting, s.confirmed_at, s.made_at, s.seen_at, s.not_after,
                   s.address, s.client, s.ended_at
              FROM login_session s JOIN person p ON p.name = s.person
            """;
    private static final String FIND = COLUMNS + """
             WHERE s.sha256 = $1 AND s.ended_at IS NULL AND s.not_after > $2 AND s.seen_at > $3 AND p.disabled_at IS NULL
            """;
    private static final String OPEN = COLUMNS + """
             WHERE s.id = $1 AND s.ended_at IS NULL AND s.not_after > $2 AND s.seen_at > $3 AND p.disabled_at IS NULL
            """;
    private static final String OF_PERSON = COLUMNS + """
             WHERE s.person = $1 ORDER BY s.ended_at IS NOT NULL, s.made_at DESC LIMIT 100
            """;
    private static final String SEEN = """
            UPDATE login_session SET seen_at = $2 WHERE id = $1 AND seen_at < $2
            """;
    private static final String CONFIRM = """
            UPDATE login_session SET sha256 = $2, waiting = false, confirmed_at = $3, seen_at = $3, not_after = $4
             WHERE id = $1 AND ended_at IS NULL
            """;
    private static final String CONFIRM_SAME = """
            UPDATE login_session SET waiting = false, confirmed_at = $2, seen_at = $2, not_after = $3
             WHERE id = $1 AND ended_at IS NULL
            """;
    private static final String END = """
            UPDATE login_session SET ended_at = $3, ended_why = $4 WHERE id = $1 AND person = $2 AND ended_at IS NULL
            """;
    private static final String END_ALL = """
            UPDATE login_session SET ended_at = $3, ended_why = $4
             WHERE person = $1 AND ended_at IS NULL AND id <> $2
            """;
    private static final String NOTIFY = """
            SELECT pg_notify('login_session', $1)
            """;

    Future<Void> insert(
            SqlClient client,
            String id,
            String sha256,
            String person,
            Kind kind,
            boolean waiting,
            Times times,
            Visitor by) {
        return client.preparedQuery(INSERT)
                .execute(Tuple.of(
                        id,
                        sha256,
                        person,
                        kind.key(),
                        waiting,
                        time(times.now()),
                        time(times.notAfter()),
                        by.address().text(),
                        by.client()))
                .mapEmpty();
    }

    /** When a session begins, and when it ends at the latest. */
    record Times(Instant now, Instant notAfter) {}

    Future<Optional<Session>> find(SqlClient client, String sha256, Instant now, Instant seenSince) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(sha256, time(now), time(seenSince)))
                .map(SessionStore::first);
    }

    Future<Optional<Session>> open(SqlClient client, String id, Instant now, Instant seenSince) {
        return client.preparedQuery(OPEN)
                .execute(Tuple.of(id, time(now), time(seenSince)))
                .map(SessionStore::first);
    }

    Future<List<Session>> ofPerson(SqlClient client, String person) {
        return client.preparedQuery(OF_PERSON)
                .execute(Tuple.of(person))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(SessionStore::session)
                        .toList());
    }

    Future<Void> seen(SqlClient client, String id, Instant now) {
        return client.preparedQuery(SEEN).execute(Tuple.of(id, time(now))).mapEmpty();
    }

    /** @param sha256 of the token from now on; null for the one that it has */
    Future<Boolean> confirm(SqlClient client, String id, @Nullable String sha256, Instant now, Instant notAfter) {
        return (sha256 == null
                        ? client.preparedQuery(CONFIRM_SAME).execute(Tuple.of(id, time(now), time(notAfter)))
                        : client.preparedQuery(CONFIRM).execute(Tuple.of(id, sha256, time(now), time(notAfter))))
                .map(rows -> rows.rowCount() > 0);
    }

    Future<Boolean> end(SqlClient client, String id, String person, Instant now, String why) {
        return client.preparedQuery(END)
                .execute(Tuple.of(id, person, time(now), why))
                .compose(rows -> notify(client, person).map(rows.rowCount() > 0));
    }

    /** @param but the id of the one that goes on; empty for none */
    Future<Integer> endAll(SqlClient client, String person, String but, Instant now, String why) {
        return client.preparedQuery(END_ALL)
                .execute(Tuple.of(person, but, time(now), why))
                .compose(rows -> notify(client, person).map(rows.rowCount()));
    }

    private static Future<Void> notify(SqlClient client, String person) {
        return client.preparedQuery(NOTIFY).execute(Tuple.of(person)).mapEmpty();
    }

    private static Optional<Session> first(RowSet<Row> rows) {
        for (Row row : rows) {
            return Optional.of(session(row));
        }
        return Optional.empty();
    }

    private static Session session(Row row) {
        return new Session(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                Kind.ofKey(row.getString(3)),
                row.getBoolean(4),
                known(row, 5) != null,
                instant(row, 6),
                instant(row, 7),
                instant(row, 8),
                row.getString(9),
                row.getString(10),
                known(row, 11));
    }
}
