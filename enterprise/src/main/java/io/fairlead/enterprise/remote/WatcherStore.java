package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.remote.Watcher.State;
import io.fairlead.statements.StreamCause;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL of those who look on. */
final class WatcherStore {
    private static final String ASKED = """
            INSERT INTO remote_watcher (session, person, state, asked_at) VALUES ($1, $2, 'ASKED', $3)
            ON CONFLICT (session, person) DO UPDATE SET state = 'ASKED', asked_at = $3, cause = NULL
            """;
    private static final String BECAME =
            "UPDATE remote_watcher SET state = $3, cause = $4 WHERE session = $1 AND person = $2";
    private static final String OF = """
            SELECT w.person, p.display_name, w.state, w.asked_at, w.cause
              FROM remote_watcher w LEFT JOIN person p ON w.person = 'person:' || p.name
             WHERE w.session = $1 ORDER BY w.asked_at, w.person
            """;

    /** Those of whom something may still come, in sessions that may be over by now. */
    private static final String OPEN = """
            SELECT w.session, w.person FROM remote_watcher w WHERE w.state IN ('ASKED', 'ALLOWED') ORDER BY w.asked_at
            """;

    /** Streams of a session that are neither of whoever asked for it nor of somebody who may look on. */
    private static final String BARRED = """
            SELECT t.id, w.cause
              FROM remote_stream t JOIN remote_session s ON s.id = t.session
              LEFT JOIN remote_watcher w ON w.session = t.session AND w.person = t.viewer
             WHERE t.session = $1 AND t.ended_at IS NULL AND t.viewer <> s.requested_by
               AND w.state IS DISTINCT FROM 'ALLOWED'
            """;

    private static final String STREAMS = """
            SELECT count(*)::int FROM remote_stream WHERE session = $1 AND viewer = $2 AND ended_at IS NULL
            """;

    /** Somebody who may have to be judged. */
    record Open(String session, String person) {}

    /** A stream that is to end. */
    record Barred(String stream, StreamCause cause) {}

    Future<Void> asked(SqlClient client, String session, String person, Instant now) {
        return client.preparedQuery(ASKED)
                .execute(Tuple.of(session, person, now.atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }

    Future<Void> became(SqlClient client, String session, String person, State state, @Nullable StreamCause cause) {
        return client.preparedQuery(BECAME)
                .execute(Tuple.of(session, person, state.name(), cause == null ? null : cause.name()))
                .mapEmpty();
    }

    /** All who ever asked, in the order in which they did last. */
    Future<List<Watcher>> of(SqlClient client, String session) {
        return client.preparedQuery(OF).execute(Tuple.of(session)).map(rows -> {
            List<Watcher> list = new ArrayList<>(rows.size());
            for (Row row : rows) {
                String cause = row.getString(4);
                list.add(new Watcher(
                        row.getString(0),
                        row.getString(1),
                        State.valueOf(row.getString(2)),
                        row.getOffsetDateTime(3).toInstant(),
                        cause == null ? null : StreamCause.valueOf(cause)));
            }
            return list;
        });
    }

    Future<List<Open>> open(SqlClient client) {
        return client.preparedQuery(OPEN).execute().map(rows -> {
            List<Open> list = new ArrayList<>(rows.size());
            rows.forEach(row -> list.add(new Open(row.getString(0), row.getString(1))));
            return list;
        });
    }

    Future<List<Barred>> barred(SqlClient client, String session) {
        return client.preparedQuery(BARRED).execute(Tuple.of(session)).map(rows -> {
            List<Barred> list = new ArrayList<>();
            for (Row row : rows) {
                String cause = row.getString(1);
                list.add(new Barred(
                        row.getString(0), cause == null ? StreamCause.NOT_ALLOWED : StreamCause.valueOf(cause)));
            }
            return list;
        });
    }

    /** How many streams of his are not over. */
    Future<Integer> streams(SqlClient client, String session, String person) {
        return client.preparedQuery(STREAMS)
                .execute(Tuple.of(session, person))
                .map(rows -> rows.iterator().next().getInteger(0));
    }
}
