package io.fairlead.enterprise.remote;

import io.fairlead.statements.SessionService;
import io.fairlead.statements.StreamCause;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SQL of the streams. */
final class StreamStore {
    private static final String INSERT = """
            INSERT INTO remote_stream (id, session, service, viewer, bound, relay, made_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;
    private static final String BOUND = """
            SELECT session, viewer FROM remote_stream WHERE bound = $1 AND ended_at IS NULL
            """;
    private static final String VIEWER = "SELECT viewer FROM remote_stream WHERE id = $1";
    private static final String OPENED = """
            UPDATE remote_stream SET opened_at = $2, recorded = $3 WHERE id = $1 AND opened_at IS NULL AND ended_at IS NULL
            """;
    private static final String ENDED = """
            UPDATE remote_stream SET ended_at = $2, cause = $3, from_agent = $4, from_viewer = $5
             WHERE id = $1 AND ended_at IS NULL
            """;

    /** Nobody came in time, or the session is over and no relay said what became of it. */
    private static final String LEFT_BEHIND = """
            UPDATE remote_stream t SET ended_at = $1, cause = CASE WHEN opened_at IS NULL THEN $3 ELSE $4 END
              FROM remote_session s
             WHERE s.id = t.session AND t.ended_at IS NULL AND t.made_at < $2
               AND (t.opened_at IS NULL OR s.ended_at < $2)
            RETURNING t.id, t.session, s.device, t.cause
            """;

    /** Sessions that pass at a relay, in one order everywhere; not those at which somebody only looks on there. */
    private static final String OPEN_THERE = """
            SELECT DISTINCT t.session FROM remote_stream t JOIN remote_session s ON s.id = t.session
             WHERE t.relay = $1 AND t.ended_at IS NULL AND t.opened_at IS NOT NULL AND t.viewer = s.requested_by
             ORDER BY t.session
            """;

    private static final String GONE = """
            UPDATE remote_stream t SET ended_at = $2, cause = $3 FROM remote_session s
             WHERE s.id = t.session AND t.relay = $1 AND t.ended_at IS NULL
            RETURNING t.id, t.session, s.device, t.cause
            """;

    /** A stream that was left behind. */
    record Left(String id, String session, String device, String cause) {}

    /** Whose a stream is. */
    record Viewed(String session, String viewer) {}

    Future<Void> insert(
            SqlClient client,
            String id,
            String session,
            SessionService service,
            String viewer,
            String bound,
            String relay,
            Instant now) {
        return client.preparedQuery(INSERT)
                .execute(Tuple.of(
                        id, session, ServiceWords.write(service), viewer, bound, relay, now.atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }

    /** The stream that is not over and is for whoever shows this. */
    Future<Optional<Viewed>> bound(SqlClient client, String bound) {
        return client.preparedQuery(BOUND).execute(Tuple.of(bound)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(new Viewed(row.getString(0), row.getString(1)));
            }
            return Optional.empty();
        });
    }

    /** Who asked for a stream, as the audit names him. */
    Future<Optional<String>> viewer(SqlClient client, String id) {
        return client.preparedQuery(VIEWER).execute(Tuple.of(id)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(row.getString(0));
            }
            return Optional.empty();
        });
    }

    /** Whether it was not open before. */
    Future<Boolean> opened(SqlClient client, String id, boolean recorded, Instant now) {
        return client.preparedQuery(OPENED)
                .execute(Tuple.of(id, now.atOffset(ZoneOffset.UTC), recorded))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Ends what no relay will speak of any more. */
    Future<List<Left>> leftBehind(SqlClient client, Instant now, Instant before) {
        return client.preparedQuery(LEFT_BEHIND)
                .execute(Tuple.of(
                        now.atOffset(ZoneOffset.UTC),
                        before.atOffset(ZoneOffset.UTC),
                        StreamCause.NOBODY_CAME.name(),
                        StreamCause.OTHER_SIDE_GONE.name()))
                .map(StreamStore::left);
    }

    private static List<Left> left(RowSet<Row> rows) {
        List<Left> all = new ArrayList<>();
        rows.forEach(row -> all.add(new Left(row.getString(0), row.getString(1), row.getString(2), row.getString(3))));
        return all;
    }

    /** The sessions whose streams pass at a relay, by its start. */
    Future<List<String>> openThere(SqlClient client, String relay) {
        return client.preparedQuery(OPEN_THERE).execute(Tuple.of(relay)).map(rows -> {
            List<String> all = new ArrayList<>();
            rows.forEach(row -> all.add(row.getString(0)));
            return all;
        });
    }

    /** Ends what a relay left that is no more. */
    Future<List<Left>> gone(SqlClient client, String relay, Instant now) {
        return client.preparedQuery(GONE)
                .execute(Tuple.of(relay, now.atOffset(ZoneOffset.UTC), StreamCause.SERVER_STOPS.name()))
                .map(StreamStore::left);
    }

    /** Whether it was not over before. */
    Future<Boolean> ended(
            SqlClient client, String id, StreamCause cause, long fromAgent, long fromViewer, Instant now) {
        return client.preparedQuery(ENDED)
                .execute(Tuple.of(id, now.atOffset(ZoneOffset.UTC), cause.name(), fromAgent, fromViewer))
                .map(rows -> rows.rowCount() > 0);
    }
}
