package io.fairlead.enterprise.fleet;

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

/** SQL of notes. */
final class NoteStore {
    private static final String INSERT = """
            WITH fresh AS (
                INSERT INTO device_note (device, written_at, written_by) VALUES ($1, $2, $3) RETURNING id)
            INSERT INTO device_note_text (note, version, written_at, text)
            SELECT id, 1, $2, $4 FROM fresh RETURNING note
            """;
    /** Of two who edit one wording the second finds its version taken. */
    private static final String EDIT = """
            INSERT INTO device_note_text (note, version, written_at, text)
            SELECT $1, $2 + 1, $3, $4
             WHERE (SELECT max(version) FROM device_note_text WHERE note = $1) = $2
            ON CONFLICT (note, version) DO NOTHING
            """;

    private static final String SELECT = """
            SELECT n.id, n.device, n.written_by, n.written_at, t.version, t.written_at, t.text
              FROM device_note n
              JOIN LATERAL (SELECT version, written_at, text FROM device_note_text
                             WHERE note = n.id ORDER BY version DESC LIMIT 1) t ON true
            """;
    private static final String FIND = SELECT + " WHERE n.id = $1 AND n.device = $2";
    private static final String LIST = SELECT + """
             WHERE n.device = $1 AND ($2::bigint IS NULL OR n.id < $2) ORDER BY n.id DESC LIMIT $3
            """;

    Future<Long> insert(SqlClient client, DeviceId device, Instant now, String by, Remark text) {
        return client.preparedQuery(INSERT)
                .execute(Tuple.of(device.value(), now.atOffset(ZoneOffset.UTC), by, text.value()))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** Whether it was still of that version. */
    Future<Boolean> edit(SqlClient client, long note, int version, Instant now, Remark text) {
        return client.preparedQuery(EDIT)
                .execute(Tuple.of(note, version, now.atOffset(ZoneOffset.UTC), text.value()))
                .map(rows -> rows.rowCount() == 1);
    }

    Future<Optional<Note>> find(SqlClient client, DeviceId device, long note) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(note, device.value()))
                .map(rows -> notes(rows).stream().findFirst());
    }

    /** Newest first; before an id, 0 for from the newest. */
    Future<List<Note>> list(SqlClient client, DeviceId device, long before, int limit) {
        return client.preparedQuery(LIST)
                .execute(Tuple.of(device.value(), before == 0 ? null : before, limit))
                .map(NoteStore::notes);
    }

    private static List<Note> notes(RowSet<Row> rows) {
        List<Note> notes = new ArrayList<>(rows.size());
        for (Row row : rows) {
            notes.add(new Note(
                    row.getLong(0),
                    new DeviceId(row.getString(1)),
                    row.getString(2),
                    row.getOffsetDateTime(3).toInstant(),
                    row.getInteger(4),
                    row.getOffsetDateTime(5).toInstant(),
                    row.getString(6)));
        }
        return notes;
    }
}
