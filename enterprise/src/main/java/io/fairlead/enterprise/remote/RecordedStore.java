package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.people.View;
import io.fairlead.statements.StreamCause;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL of the streams that were recorded. */
final class RecordedStore {
    private static final String COLUMNS = """
            SELECT t.id, t.session, s.device, t.service, t.viewer, t.opened_at, t.ended_at, t.cause, t.recorded_sha256
              FROM remote_stream t JOIN remote_session s ON s.id = t.session
            """;
    private static final String FIND = COLUMNS + "WHERE t.recorded AND t.id = $1";
    private static final String OF_SESSION = COLUMNS + "WHERE t.recorded AND t.session = $1 ORDER BY t.opened_at";
    /** $1 a device or null for all. */
    private static final String LIST = COLUMNS + """
              JOIN device d ON d.id = s.device
             WHERE t.recorded AND ($1::text IS NULL OR s.device = $1)
               AND fairlead_in_view(d.region, d.customer, d.model, $3, $4, $5)
             ORDER BY t.opened_at DESC LIMIT $2
            """;

    private static final String NOTED = "UPDATE remote_stream SET recorded_sha256 = $2 WHERE id = $1";
    private static final String ENDED_BEFORE = "SELECT id FROM remote_stream WHERE recorded AND ended_at < $1";
    private static final String GONE = "UPDATE remote_stream SET recorded = false WHERE recorded AND id = ANY($1)";
    /** Streams of sessions that were over by then, whose relay never said that they ended: its node is dead. */
    private static final String LEFT_OPEN = """
            UPDATE remote_stream t SET ended_at = $2, cause = $3
              FROM remote_session s
             WHERE s.id = t.session AND t.ended_at IS NULL AND s.ended_at < $1
            RETURNING t.id, t.session, s.device
            """;

    /** A stream that its dead node left open. */
    record LeftOpen(String id, String session, String device) {}

    Future<Optional<RecordedStream>> find(SqlClient client, String id) {
        return client.preparedQuery(FIND).execute(Tuple.of(id)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(recorded(row));
            }
            return Optional.empty();
        });
    }

    Future<List<RecordedStream>> ofSession(SqlClient client, String session) {
        return client.preparedQuery(OF_SESSION).execute(Tuple.of(session)).map(RecordedStore::all);
    }

    Future<List<RecordedStream>> list(SqlClient client, @Nullable DeviceId device, View view, int limit) {
        return client.preparedQuery(LIST)
                .execute(Tuple.of(
                        device == null ? null : device.value(), limit, view.regions(), view.customers(), view.models()))
                .map(RecordedStore::all);
    }

    Future<Void> noted(SqlClient client, String id, String sha256) {
        return client.preparedQuery(NOTED).execute(Tuple.of(id, sha256)).mapEmpty();
    }

    Future<List<String>> endedBefore(SqlClient client, Instant before) {
        return client.preparedQuery(ENDED_BEFORE)
                .execute(Tuple.of(before.atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    List<String> ids = new ArrayList<>();
                    rows.forEach(row -> ids.add(row.getString(0)));
                    return ids;
                });
    }

    Future<Void> gone(SqlClient client, List<String> ids) {
        return client.preparedQuery(GONE)
                .execute(Tuple.of(ids.toArray(new String[0])))
                .mapEmpty();
    }

    Future<List<LeftOpen>> leftOpen(SqlClient client, Instant before, Instant now) {
        return client.preparedQuery(LEFT_OPEN)
                .execute(Tuple.of(
                        before.atOffset(ZoneOffset.UTC),
                        now.atOffset(ZoneOffset.UTC),
                        StreamCause.OTHER_SIDE_GONE.name()))
                .map(rows -> {
                    List<LeftOpen> found = new ArrayList<>();
                    rows.forEach(row -> found.add(new LeftOpen(row.getString(0), row.getString(1), row.getString(2))));
                    return found;
                });
    }

    private static List<RecordedStream> all(Iterable<Row> rows) {
        List<RecordedStream> list = new ArrayList<>();
        rows.forEach(row -> list.add(recorded(row)));
        return list;
    }

    private static RecordedStream recorded(Row row) {
        OffsetDateTime ended = row.getOffsetDateTime(6);
        String cause = row.getString(7);
        return new RecordedStream(
                row.getString(0),
                row.getString(1),
                new DeviceId(row.getString(2)),
                ServiceWords.read(row.getString(3)),
                row.getString(4),
                row.getOffsetDateTime(5).toInstant(),
                ended == null ? null : ended.toInstant(),
                cause == null ? null : StreamCause.valueOf(cause),
                row.getString(8),
                null);
    }
}
