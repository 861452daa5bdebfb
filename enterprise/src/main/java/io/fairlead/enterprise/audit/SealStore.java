package io.fairlead.enterprise.audit;

import io.fairlead.statements.Checkpoint;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What the sealer reads and writes, and what the rest of the server reads of it. */
final class SealStore {
    /** A time as {@link ChainRow} has it; what is no ordinary time is shown as PostgreSQL shows it. */
    static final String AT = """
            CASE WHEN e.at >= '1970-01-01 00:00:00+00' AND e.at < '10000-01-01 00:00:00+00'
                THEN to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') ELSE e.at::text END
            """;

    /** Any number will do, as long as nobody else takes it. */
    private static final long LOCK = 0x6661_6972_6c65_6164L;

    private static final String TAKE_LOCK = "SELECT pg_try_advisory_lock($1) AS taken";

    private static final String MOMENT = """
            SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest,
                   pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next,
                   (SELECT last_value FROM audit_entry_id_seq) AS last,
                   clock_timestamp() AS now
            """;

    private static final String HEAD = """
            SELECT h.settled, h.statement, h.signature, g.certificates
            FROM audit_head h JOIN audit_signer g ON g.key_id = h.key_id
            """;

    private static final String LAST_SEAL = "SELECT number, hash FROM audit_seal ORDER BY number DESC LIMIT 1";

    private static final String HASH = "SELECT hash FROM audit_seal WHERE number = $1";

    private static final String HIGHEST = "SELECT coalesce(max(entry), 0) AS high FROM audit_seal";

    private static final String HOLES = """
            SELECT before + 1 AS a, entry - 1 AS b
            FROM (SELECT entry, lag(entry, 1, $1::bigint) OVER (ORDER BY entry) AS before
                  FROM audit_seal WHERE entry > $1) AS step
            WHERE entry > before + 1
            """;

    private static final String FORGOTTEN = """
            SELECT e.id FROM audit_entry e
            WHERE e.id > $1::bigint - 1000000 AND e.id <= $1
              AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry = e.id)
            ORDER BY e.id LIMIT 10000
            """;

    private static final String ROWS = """
            SELECT e.id, %s AS at, e.actor, e.code, e.subject, e.detail
            FROM (SELECT late.* FROM unnest($1::bigint[], $2::bigint[]) AS gap (a, b)
                  JOIN audit_entry late ON late.id BETWEEN gap.a AND gap.b
                  UNION ALL
                  (SELECT fresh.* FROM audit_entry fresh WHERE fresh.id > $3 AND fresh.id <= $4
                   ORDER BY fresh.id LIMIT $5)) AS e
            ORDER BY e.id LIMIT $5
            """.formatted(AT);

    private static final String SEAL = """
            INSERT INTO audit_seal (number, entry, hash) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bytea[])
            """;

    private static final String SIGNER = """
            INSERT INTO audit_signer (key_id, certificates) VALUES ($1, $2) ON CONFLICT DO NOTHING
            """;

    private static final String MOVE_HEAD = """
            INSERT INTO audit_head (settled, statement, signature, key_id) VALUES ($1, $2, $3, $4)
            ON CONFLICT (one) DO UPDATE SET settled = excluded.settled, statement = excluded.statement,
                signature = excluded.signature, key_id = excluded.key_id
            """;

    private static final String KEEP = """
            INSERT INTO audit_checkpoint (number, statement, signature, key_id) VALUES ($1, $2, $3, $4)
            ON CONFLICT DO NOTHING
            """;

    private static final String KEPT = """
            SELECT c.statement, c.signature, g.certificates
            FROM audit_checkpoint c JOIN audit_signer g ON g.key_id = c.key_id
            WHERE c.number > $1 ORDER BY c.number LIMIT 500
            """;

    /** What the database's snapshot is like, before rows are read. */
    record Moment(long oldest, long next, long last, Instant now) {}

    /** The newest checkpoint, and the id up to which everything is settled. */
    record Head(long settled, SignedCheckpoint newest) {}

    /** Where the chain ends. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record End(long number, byte[] hash) {}

    Future<Boolean> lock(SqlConnection connection) {
        return connection
                .preparedQuery(TAKE_LOCK)
                .execute(Tuple.of(LOCK))
                .map(rows -> rows.iterator().next().getBoolean("taken"));
    }

    Future<Moment> moment(SqlConnection connection) {
        return connection.preparedQuery(MOMENT).execute().map(rows -> {
            Row row = rows.iterator().next();
            return new Moment(
                    row.getLong("oldest"),
                    row.getLong("next"),
                    row.getLong("last"),
                    row.getOffsetDateTime("now").toInstant());
        });
    }

    /** Empty before the first row was sealed. Fails when what is there is no checkpoint. */
    Future<Optional<Head>> head(SqlClient client) {
        return client.preparedQuery(HEAD).execute().map(rows -> {
            if (rows.size() == 0) {
                return Optional.empty();
            }
            Row row = rows.iterator().next();
            return Optional.of(new Head(row.getLong("settled"), signed(row)));
        });
    }

    Future<List<SignedCheckpoint>> kept(SqlClient client, long after) {
        return client.preparedQuery(KEPT).execute(Tuple.of(after)).map(rows -> {
            List<SignedCheckpoint> all = new ArrayList<>();
            rows.forEach(row -> all.add(signed(row)));
            return all;
        });
    }

    private static SignedCheckpoint signed(Row row) {
        Checkpoint checkpoint = Checkpoint.of(row.getBuffer("statement").getBytes())
                .orElseThrow(() -> new IllegalStateException("a stored checkpoint is none"));
        return new SignedCheckpoint(
                checkpoint,
                row.getBuffer("signature").getBytes(),
                Arrays.stream(row.getArrayOfBuffers("certificates"))
                        .map(Buffer::getBytes)
                        .toList());
    }

    Future<End> end(SqlConnection connection) {
        return connection.preparedQuery(LAST_SEAL).execute().map(rows -> {
            if (rows.size() == 0) {
                return new End(0, ChainRow.beginning());
            }
            Row row = rows.iterator().next();
            return new End(row.getLong("number"), row.getBuffer("hash").getBytes());
        });
    }

    /** Of the row with that number; empty when its seal is gone. */
    Future<Optional<byte[]>> hash(SqlClient client, long number) {
        return client.preparedQuery(HASH)
                .execute(Tuple.of(number))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getBuffer("hash").getBytes()));
    }

    /** Ids as they stood when the sealer last wrote. */
    Future<Gaps> gaps(SqlConnection connection, long settled, Instant now) {
        return connection
                .preparedQuery(HIGHEST)
                .execute()
                .map(rows -> new Gaps(Math.max(settled, rows.iterator().next().getLong("high"))))
                .compose(gaps -> connection
                        .preparedQuery(HOLES)
                        .execute(Tuple.of(settled))
                        .map(rows -> {
                            rows.forEach(row -> gaps.missing(row.getLong("a"), row.getLong("b"), now));
                            return gaps;
                        }))
                .compose(gaps -> connection
                        .preparedQuery(FORGOTTEN)
                        .execute(Tuple.of(settled))
                        .map(rows -> {
                            rows.forEach(row -> gaps.missing(row.getLong("id"), row.getLong("id"), now));
                            return gaps;
                        }));
    }

    /** Rows of missing ids and new ones, in order of id. */
    Future<List<ChainRow>> rows(SqlConnection connection, Gaps gaps, long last, long firstNumber, int limit) {
        List<Gaps.Range> ranges = gaps.ranges();
        return connection
                .preparedQuery(ROWS)
                .execute(Tuple.of(
                        ranges.stream().map(Gaps.Range::from).toArray(Long[]::new),
                        ranges.stream().map(Gaps.Range::to).toArray(Long[]::new),
                        gaps.high(),
                        last,
                        limit))
                .map(found -> numbered(found, firstNumber));
    }

    private static List<ChainRow> numbered(RowSet<Row> found, long firstNumber) {
        List<ChainRow> rows = new ArrayList<>(found.size());
        for (Row row : found) {
            rows.add(new ChainRow(
                    firstNumber + rows.size(),
                    row.getLong("id"),
                    row.getString("at"),
                    row.getString("actor"),
                    row.getString("code"),
                    row.getString("subject"),
                    row.getString("detail")));
        }
        return rows;
    }

    /** Writes seals and the checkpoint over them. */
    Future<Void> write(
            SqlConnection connection,
            List<ChainRow> rows,
            List<byte[]> hashes,
            long settled,
            SignedCheckpoint signed,
            boolean keep) {
        Checkpoint checkpoint = signed.checkpoint();
        Buffer statement = Buffer.buffer(checkpoint.statement());
        Buffer signature = Buffer.buffer(signed.signature());
        Future<?> seals = connection
                .preparedQuery(SEAL)
                .execute(Tuple.of(
                        rows.stream().map(ChainRow::number).toArray(Long[]::new),
                        rows.stream().map(ChainRow::id).toArray(Long[]::new),
                        hashes.stream().map(Buffer::buffer).toArray(Buffer[]::new)));
        return seals.compose(written -> connection
                        .preparedQuery(SIGNER)
                        .execute(Tuple.tuple()
                                .addString(checkpoint.keyId())
                                .addArrayOfBuffer(signed.certificates().stream()
                                        .map(Buffer::buffer)
                                        .toArray(Buffer[]::new))))
                .compose(known -> connection
                        .preparedQuery(MOVE_HEAD)
                        .execute(Tuple.of(settled, statement, signature, checkpoint.keyId())))
                .compose(moved -> keep
                        ? connection
                                .preparedQuery(KEEP)
                                .execute(Tuple.of(checkpoint.number(), statement, signature, checkpoint.keyId()))
                                .mapEmpty()
                        : Future.succeededFuture());
    }

    static byte[] bytes(String hash) {
        return HexFormat.of().parseHex(hash);
    }
}
