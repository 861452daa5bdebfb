package io.fairlead.enterprise.file;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transfers as their devices drive them. A device that asks for another's, or for one that never was, gets
 * Refusal(NOT_FOUND); for one that has ended, Refusal(TRANSFER_ENDED) where it brings or fetches bytes. Nothing is
 * answered before it is committed; said again, it is answered again.
 */
public final class DeviceTransfers {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceTransfers.class);

    /** How often a device may come with another file than before, for instance because a log has grown meanwhile. */
    private static final int MOST_RESTARTS = 5;

    private final Database database;
    private final Blobs blobs;
    private final Ids ids;
    private final Clock clock;
    private final TransferStore store = new TransferStore();
    private final Ledger ledger;
    private final Map<TransferId, Future<Transfer>> judging = new ConcurrentHashMap<>();
    /** Whose chunk is being written by this node; another node waits for the row's lock. */
    private final Set<TransferId> writing = ConcurrentHashMap.newKeySet();

    public DeviceTransfers(Database database, BlobStore blobs, Audit audit, Blocking blocking, Ids ids, Clock clock) {
        this.database = database;
        this.blobs = new Blobs(blobs, blocking);
        this.ids = ids;
        this.clock = clock;
        this.ledger = new Ledger(store, audit);
    }

    /** How it stands. */
    public Future<Standing> standing(DeviceId device, TransferId id) {
        return find(device, id).compose(this::judgedIfWhole).map(Standing::of);
    }

    /** The offset at which an upload goes on. */
    public Future<Long> expected(DeviceId device, TransferId id) {
        return find(device, id).map(one -> {
            mustBe(one, one.direction().isUp());
            if (one.state() != TransferState.DONE) {
                mustGoOn(one);
            }
            return one.moved();
        });
    }

    /**
     * A file is about to be sent. Another file than it offered before begins at 0 again; Refusal(STORAGE_FULL) when there
     * is no room for it now.
     */
    public Future<Standing> offer(DeviceId device, TransferId id, Offer offer) {
        return find(device, id)
                .compose(seen -> isNew(seen, offer) ? begun(device, id, offer) : Future.succeededFuture(seen))
                .compose(this::judgedIfWhole)
                .map(Standing::of);
    }

    private static boolean isNew(Transfer one, Offer offer) {
        mustBe(one, one.direction().isUp());
        return !one.state().isEnd() && !offer.equals(one.offer());
    }

    /** The disk is asked before the row is locked: while it takes its time, nobody waits for the row or a connection. */
    private Future<Transfer> begun(DeviceId device, TransferId id, Offer offer) {
        String blob = ids.next();
        Future<?> prepared = offer.size() > 0
                ? blobs.mustHaveRoom(offer.size())
                // No chunk can bring an empty file.
                : blobs.append(blob, 0, new byte[0], true);
        return prepared.compose(ready -> locked(
                        device,
                        id,
                        (connection, one) ->
                                isNew(one, offer) ? taken(connection, one, offer, blob) : Future.succeededFuture(one)))
                .onSuccess(one -> {
                    if (!blob.equals(one.blob())) {
                        blobs.forget(blob);
                    }
                });
    }

    private Future<Transfer> taken(SqlConnection connection, Transfer one, Offer offer, String blob) {
        int restarts = one.offer() == null ? one.restarts() : one.restarts() + 1;
        if (restarts > MOST_RESTARTS) {
            return change(
                    connection,
                    one,
                    one.ended(TransferState.FAILED, "the file changed " + restarts + " times", clock.instant()));
        }
        Transfer offered = one.offered(offer, blob, restarts);
        return change(connection, one, offer.size() > 0 ? offered : offered.to(0, clock.instant()));
    }

    /**
     * Takes a chunk; answered when it is on disk and committed. Of each transfer one at a time: a device that sends them
     * side by side gets BUSY, and keeps no more than its own turn from the others.
     *
     * @param size of the whole, as the device says it
     * @return also fails with Refusal(INVALID) when it is no chunk of that size or the size is not the offer's,
     *     (STORAGE_FULL), (BUSY)
     */
    public Future<Put> put(DeviceId device, TransferId id, ByteRange range, long size, byte[] bytes) {
        range.mustBeChunkOf(size);
        if (bytes.length != range.length()) {
            throw new Refusal(Fault.INVALID, bytes.length + " bytes for " + range);
        }
        if (!writing.add(id)) {
            return Future.failedFuture(
                    new Refusal(Fault.BUSY, "another chunk of transfer=" + id + " is being written"));
        }
        return blobs.writers()
                .take(() -> database.inTransaction(connection ->
                        lock(connection, device, id).compose(one -> chunk(connection, one, range, size, bytes))))
                .onComplete(written -> writing.remove(id))
                .compose(this::judged);
    }

    /** A chunk's fate, and the transfer as it is then. */
    private record Fate(Transfer one, boolean taken) {}

    private Future<Fate> chunk(SqlConnection connection, Transfer one, ByteRange range, long size, byte[] bytes) {
        mustBe(one, one.direction().isUp());
        Offer offer = one.offer();
        String blob = one.blob();
        boolean lastAgain = range.next() == one.moved() && one.moved() == size;
        if (one.state() == TransferState.DONE && lastAgain) {
            return Future.succeededFuture(new Fate(one, true));
        }
        mustGoOn(one);
        if (offer == null || blob == null || offer.size() != size) {
            throw new Refusal(Fault.INVALID, "transfer=" + one.id() + " was not offered with size=" + size);
        }
        if (range.first() != one.moved()) {
            return Future.succeededFuture(new Fate(one, lastAgain));
        }
        return blobs.append(blob, range.first(), bytes, range.next() == size).compose(length -> {
            if (length != range.next()) {
                LOG.warn("transfer={} expected={} on-disk={}", one.id(), range.first(), length);
            }
            Transfer after = one.to(length, clock.instant());
            return change(connection, one, after).map(saved -> new Fate(saved, length == range.next()));
        });
    }

    private Future<Put> judged(Fate fate) {
        if (!fate.taken()) {
            return Future.succeededFuture(new Put.Elsewhere(fate.one().moved()));
        }
        boolean end = fate.one().isWhole() || fate.one().state() == TransferState.DONE;
        return judgedIfWhole(fate.one()).map(one -> {
            if (!end) {
                return new Put.Stored(one.moved());
            }
            return one.state() == TransferState.DONE
                    ? new Put.Completed(one.moved())
                    : new Put.NotAnnounced(one.blob() == null ? -1 : one.moved());
        });
    }

    /** Compares a whole file with what was announced: outside the lock, for it takes a while. */
    private Future<Transfer> judgedIfWhole(Transfer one) {
        Offer offer = one.offer();
        String blob = one.blob();
        if (!one.isWhole() || offer == null || blob == null) {
            return Future.succeededFuture(one);
        }
        return judging.computeIfAbsent(
                one.id(),
                id -> blobs.digest(blob, offer.size())
                        .compose(digest -> locked(
                                one.device(),
                                id,
                                (connection, now) -> !blob.equals(now.blob()) || !now.isWhole()
                                        ? Future.succeededFuture(now)
                                        : change(
                                                connection,
                                                now,
                                                verdict(now, offer.sha256().equals(digest)))))
                        .onComplete(done -> judging.remove(id)));
    }

    private Transfer verdict(Transfer one, boolean right) {
        if (right) {
            return one.done(null, clock.instant());
        }
        return one.restarts() == 0
                ? one.again(ids.next(), clock.instant())
                : one.ended(TransferState.FAILED, "what came was not what was announced", clock.instant());
    }

    /**
     * Bytes of a file for a device.
     *
     * @param size of the whole file
     */
    @SuppressWarnings("ArrayRecordComponent") // passed through, never compared
    public record Fetched(byte[] bytes, long size) {}

    /** A chunk of a file for the device. What comes before it, it has. */
    public Future<Fetched> get(DeviceId device, TransferId id, ByteRange range) {
        return locked(device, id, (connection, one) -> {
                    mustBe(one, !one.direction().isUp());
                    mustGoOn(one);
                    Offer offer = one.offer();
                    if (offer == null) {
                        throw new Refusal(Fault.NOT_FOUND, "transfer=" + one.id() + " has no file");
                    }
                    range.mustBeChunkOf(offer.size());
                    return change(connection, one, one.to(Math.max(one.moved(), range.first()), clock.instant()));
                })
                .compose(one -> read(one, range)
                        .map(bytes -> new Fetched(
                                bytes, one.offer() == null ? 0 : one.offer().size())));
    }

    private Future<byte[]> read(Transfer one, ByteRange range) {
        String blob = one.blob();
        if (blob == null) {
            return Future.failedFuture(new Refusal(Fault.TRANSFER_ENDED, "transfer=" + one.id() + " has no bytes"));
        }
        return blobs.read(blob, range.first(), range.length())
                .recover(failure ->
                        failure instanceof BlobDamaged ? damaged(one, failure) : Future.failedFuture(failure));
    }

    private Future<byte[]> damaged(Transfer one, Throwable damage) {
        LOG.error("transfer={} damaged", one.id(), damage);
        return locked(
                        one.device(),
                        one.id(),
                        (connection, now) -> now.state().isEnd()
                                ? Future.succeededFuture(now)
                                : change(
                                        connection,
                                        now,
                                        now.ended(
                                                TransferState.FAILED,
                                                "our copy of the file is damaged",
                                                clock.instant())))
                .compose(ended -> Future.failedFuture(
                        new Refusal(Fault.TRANSFER_ENDED, "transfer=" + one.id() + " is damaged", damage)));
    }

    /**
     * How it ended at the device. An upload is DONE by its last byte, not by its word.
     *
     * @param how an end
     * @param detail where it was placed, or why not; 1,024 characters at most
     */
    public Future<Standing> end(DeviceId device, TransferId id, TransferState how, String detail) {
        return locked(device, id, (connection, one) -> {
                    if (one.state() == TransferState.CANCELLED && how == TransferState.DONE) {
                        return ledger.doneLate(connection, "device:" + device, one, detail);
                    }
                    if (one.state().isEnd() || (one.isWhole() && how == TransferState.DONE)) {
                        return Future.succeededFuture(one);
                    }
                    if (how == TransferState.DONE && one.direction().isUp()) {
                        throw new Refusal(Fault.INVALID, "transfer=" + id + " lacks bytes");
                    }
                    return change(
                            connection,
                            one,
                            how == TransferState.DONE
                                    ? one.done(detail, clock.instant())
                                    : one.ended(how, detail, clock.instant()));
                })
                .compose(this::judgedIfWhole)
                .map(Standing::afterEnd);
    }

    private Future<Transfer> find(DeviceId device, TransferId id) {
        return store.find(database.pool(), id)
                .map(found -> found.filter(one -> one.device().equals(device)).orElseThrow(() -> none(id)));
    }

    private Future<Transfer> lock(SqlConnection connection, DeviceId device, TransferId id) {
        return store.lock(connection, id)
                .map(found -> found.filter(one -> one.device().equals(device)).orElseThrow(() -> none(id)));
    }

    private Future<Transfer> locked(
            DeviceId device, TransferId id, BiFunction<SqlConnection, Transfer, Future<Transfer>> step) {
        return database.inTransaction(connection -> lock(connection, device, id)
                        .compose(one -> step.apply(connection, one).map(after -> new Transfer[] {one, after})))
                .map(both -> {
                    if (both[0].blob() != null && !both[0].blob().equals(both[1].blob())) {
                        blobs.forget(both[0].blob());
                    }
                    return both[1];
                });
    }

    private Future<Transfer> change(SqlConnection connection, Transfer before, Transfer after) {
        return ledger.changed(connection, "device:" + before.device(), before, after);
    }

    private static void mustBe(Transfer one, boolean thatWay) {
        if (!thatWay) {
            throw new Refusal(Fault.NOT_FOUND, "transfer=" + one.id() + " goes the other way");
        }
    }

    private static void mustGoOn(Transfer one) {
        if (one.state().isEnd()) {
            throw new Refusal(Fault.TRANSFER_ENDED, "transfer=" + one.id() + " is " + one.state());
        }
    }

    private static Refusal none(TransferId id) {
        return new Refusal(Fault.NOT_FOUND, "no transfer=" + id + " of this device");
    }
}
