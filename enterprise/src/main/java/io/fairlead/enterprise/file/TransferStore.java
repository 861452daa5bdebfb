package io.fairlead.enterprise.file;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.instruction.Result;
import io.fairlead.enterprise.people.View;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL of the transfers. */
final class TransferStore {
    static final String COLUMNS = """
            t.id, t.device, t.direction, t.asked, t.name, t.size, t.sha256, t.protection, t.state, t.moved, t.rate, t.blob,
            t.restarts, t.sequence, t.requested_by, t.reason, t.detail, t.requested_at, t.begun_at, t.moved_at, t.ended_at
            """;
    private static final String INSERT = """
            INSERT INTO transfer (id, device, direction, asked, name, size, sha256, protection, state, moved, rate, blob,
                                  restarts, sequence, requested_by, reason, detail, requested_at, begun_at, moved_at,
                                  ended_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
            """;
    private static final String UPDATE = """
            UPDATE transfer
               SET name = $2, size = $3, sha256 = $4, protection = $5, state = $6, moved = $7, rate = $8, blob = $9,
                   restarts = $10, detail = $11, begun_at = $12, moved_at = $13, ended_at = $14
             WHERE id = $1
            """;
    private static final String FIND = "SELECT " + COLUMNS + " FROM transfer t WHERE t.id = $1";
    private static final String LOCK = FIND + " FOR UPDATE";
    /** $1 a device or null for all. */
    private static final String LIST = "SELECT " + COLUMNS + """
              FROM transfer t JOIN device d ON d.id = t.device
             WHERE ($1::text IS NULL OR t.device = $1) AND fairlead_in_view(d.region, d.customer, d.model, $3, $4, $5)
             ORDER BY t.ended_at IS NOT NULL, t.requested_at DESC LIMIT $2
            """;
    /** Those whose instructions were never begun; one that was cut short may still send, once it is begun. */
    private static final String OF_RESULTS = "SELECT " + COLUMNS + """
              FROM transfer t JOIN unnest($1::text[], $2::bigint[]) AS r (device, sequence)
                ON t.device = r.device AND t.sequence = r.sequence
             WHERE t.ended_at IS NULL ORDER BY t.id FOR UPDATE OF t
            """;
    /** Those that nobody can begin or go on with: $1 now, $2 when whoever has not moved since is given up. */
    private static final String STRANDED = "SELECT " + COLUMNS + """
              FROM transfer t
              JOIN instruction i ON i.device = t.device AND i.sequence = t.sequence
              JOIN device d ON d.id = t.device
             WHERE t.ended_at IS NULL
               AND (i.enrolment IS DISTINCT FROM d.enrolment
                    OR (t.state = 'REQUESTED' AND i.journaled_at IS NULL AND i.not_after <= $1)
                    OR coalesce(t.moved_at, t.requested_at) <= $2)
             ORDER BY t.id LIMIT $3 FOR UPDATE OF t SKIP LOCKED
            """;

    private static final String OLD = "SELECT " + COLUMNS + """
              FROM transfer t WHERE t.ended_at <= $1 ORDER BY t.id LIMIT $2 FOR UPDATE SKIP LOCKED
            """;
    private static final String DELETE = "DELETE FROM transfer WHERE id = ANY ($1)";
    private static final String KNOWN = "SELECT blob FROM transfer WHERE blob = ANY ($1)";

    Future<Void> insert(SqlClient client, Transfer one) {
        Offer offer = one.offer();
        return client.preparedQuery(INSERT)
                .execute(Tuple.from(Arrays.asList(
                        one.id().value(),
                        one.device().value(),
                        one.direction().name(),
                        one.asked(),
                        offer == null ? null : offer.name(),
                        offer == null ? null : offer.size(),
                        offer == null ? null : offer.sha256(),
                        protection(offer),
                        one.state().name(),
                        one.moved(),
                        one.rate(),
                        one.blob(),
                        one.restarts(),
                        one.sequence(),
                        one.requestedBy(),
                        one.reason(),
                        one.detail(),
                        utc(one.requestedAt()),
                        utc(one.begunAt()),
                        utc(one.movedAt()),
                        utc(one.endedAt()))))
                .mapEmpty();
    }

    Future<Void> update(SqlClient client, Transfer one) {
        Offer offer = one.offer();
        return client.preparedQuery(UPDATE)
                .execute(Tuple.from(Arrays.asList(
                        one.id().value(),
                        offer == null ? null : offer.name(),
                        offer == null ? null : offer.size(),
                        offer == null ? null : offer.sha256(),
                        protection(offer),
                        one.state().name(),
                        one.moved(),
                        one.rate(),
                        one.blob(),
                        one.restarts(),
                        one.detail(),
                        utc(one.begunAt()),
                        utc(one.movedAt()),
                        utc(one.endedAt()))))
                .mapEmpty();
    }

    Future<Optional<Transfer>> find(SqlClient client, TransferId id) {
        return client.preparedQuery(FIND).execute(Tuple.of(id.value())).map(TransferStore::first);
    }

    /** The same, and nobody else changes it until the caller's transaction ends. */
    Future<Optional<Transfer>> lock(SqlClient client, TransferId id) {
        return client.preparedQuery(LOCK).execute(Tuple.of(id.value())).map(TransferStore::first);
    }

    /** Those that go on first, then the newest. */
    Future<List<Transfer>> list(SqlClient client, @Nullable DeviceId device, View view, int limit) {
        return client.preparedQuery(LIST)
                .execute(Tuple.of(
                        device == null ? null : device.value(), limit, view.regions(), view.customers(), view.models()))
                .map(TransferStore::all);
    }

    /** Those that have not ended and that the instructions of these results began, locked. */
    Future<List<Transfer>> ofResults(SqlClient client, List<Result> results) {
        return ofInstructions(
                client,
                results.stream().map(result -> result.device().value()).toArray(String[]::new),
                results.stream().map(Result::sequence).toArray(Long[]::new));
    }

    /** The same of instructions of one device. */
    Future<List<Transfer>> ofInstructions(SqlClient client, DeviceId device, List<Long> sequences) {
        return ofInstructions(
                client,
                sequences.stream().map(each -> device.value()).toArray(String[]::new),
                sequences.toArray(Long[]::new));
    }

    private static Future<List<Transfer>> ofInstructions(SqlClient client, String[] devices, Long[] sequences) {
        return client.preparedQuery(OF_RESULTS)
                .execute(Tuple.of(devices, (Object) sequences))
                .map(TransferStore::all);
    }

    Future<List<Transfer>> stranded(SqlClient client, Instant now, Instant still, int limit) {
        return client.preparedQuery(STRANDED)
                .execute(Tuple.of(utc(now), utc(still), limit))
                .map(TransferStore::all);
    }

    Future<List<Transfer>> old(SqlClient client, Instant before, int limit) {
        return client.preparedQuery(OLD).execute(Tuple.of(utc(before), limit)).map(TransferStore::all);
    }

    Future<Void> delete(SqlClient client, List<Transfer> gone) {
        String[] ids = gone.stream().map(one -> one.id().value()).toArray(String[]::new);
        return client.preparedQuery(DELETE).execute(Tuple.of((Object) ids)).mapEmpty();
    }

    /** Those of the blobs that belong to a transfer. */
    Future<List<String>> known(SqlClient client, List<String> blobs) {
        return client.preparedQuery(KNOWN)
                .execute(Tuple.of((Object) blobs.toArray(String[]::new)))
                .map(rows -> {
                    List<String> known = new ArrayList<>();
                    rows.forEach(row -> known.add(row.getString(0)));
                    return known;
                });
    }

    private static Optional<Transfer> first(RowSet<Row> rows) {
        for (Row row : rows) {
            return Optional.of(transfer(row));
        }
        return Optional.empty();
    }

    static List<Transfer> all(RowSet<Row> rows) {
        List<Transfer> list = new ArrayList<>(rows.size());
        rows.forEach(row -> list.add(transfer(row)));
        return list;
    }

    private static Transfer transfer(Row row) {
        String sha256 = row.getString(6);
        return new Transfer(
                new TransferId(row.getString(0)),
                new DeviceId(row.getString(1)),
                Direction.valueOf(row.getString(2)),
                row.getString(3),
                sha256 == null
                        ? null
                        : new Offer(row.getString(4), row.getLong(5), sha256, Protection.valueOf(row.getString(7))),
                TransferState.valueOf(row.getString(8)),
                row.getLong(9),
                row.getLong(10),
                row.getString(11),
                row.getInteger(12),
                row.getLong(13),
                row.getString(14),
                row.getString(15),
                row.getString(16),
                row.getOffsetDateTime(17).toInstant(),
                instant(row.getOffsetDateTime(18)),
                instant(row.getOffsetDateTime(19)),
                instant(row.getOffsetDateTime(20)));
    }

    private static String protection(@Nullable Offer offer) {
        return (offer == null ? Protection.NONE : offer.protection()).name();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
