package io.fairlead.enterprise.file;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Timers;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends transfers that nobody can go on with, forgets those that ended long ago with their bytes, and deletes bytes that
 * belong to none. At the start and every hour; several nodes do not disturb each other.
 */
public final class TransferRetention {
    private static final Logger LOG = LoggerFactory.getLogger(TransferRetention.class);
    private static final Duration EVERY = Duration.ofHours(1);
    /** A device may be switched off for so long in the middle of a file. */
    private static final Duration STILL = Duration.ofDays(30);
    /** Bytes that belong to no transfer may be on their way in. */
    private static final Duration STAGED = Duration.ofDays(1);

    private static final int BATCH = 200;

    private final Database database;
    private final Audit audit;
    private final BlobStore blobs;
    private final Blocking blocking;
    private final Timers timers;
    private final Clock clock;
    private final Duration kept;
    private final TransferStore store = new TransferStore();
    private final Ledger ledger;
    private volatile boolean stopped;

    /** @param days for which a transfer and its bytes are kept after its end; 1 or more */
    public TransferRetention(
            Database database, Audit audit, BlobStore blobs, Blocking blocking, Timers timers, Clock clock, int days) {
        this.database = database;
        this.audit = audit;
        this.blobs = blobs;
        this.blocking = blocking;
        this.timers = timers;
        this.clock = clock;
        this.kept = Duration.ofDays(days);
        this.ledger = new Ledger(store, audit);
    }

    /** Runs from now on. */
    public void start() {
        if (!stopped) {
            run().onFailure(failure -> LOG.error("transfer-retention=failed", failure));
            Timers.Timer unused = timers.after(EVERY, this::start);
        }
    }

    /** Runs no more. */
    public void stop() {
        stopped = true;
    }

    /** Runs now. */
    Future<Void> run() {
        return batches(this::strand).compose(done -> batches(this::forget)).compose(done -> sweep());
    }

    private Future<Void> batches(Function<SqlConnection, Future<List<Transfer>>> step) {
        return database.inTransaction(step)
                .compose(gone ->
                        deleted(gone).compose(done -> gone.size() < BATCH ? Future.succeededFuture() : batches(step)));
    }

    private Future<List<Transfer>> strand(SqlConnection connection) {
        Instant now = clock.instant();
        return store.stranded(connection, now, now.minus(STILL), BATCH).compose(found -> {
            Future<Void> done = Future.succeededFuture();
            for (Transfer one : found) {
                Transfer after =
                        one.ended(TransferState.FAILED, "the device did not begin or go on with it in time", now);
                done = done.compose(before ->
                        ledger.changed(connection, "server", one, after).mapEmpty());
            }
            // The file for a device may be sent again by hand; it goes with its row.
            return done.map(
                    all -> found.stream().filter(one -> one.direction().isUp()).toList());
        });
    }

    private Future<List<Transfer>> forget(SqlConnection connection) {
        return store.old(connection, clock.instant().minus(kept), BATCH)
                .compose(found -> store.delete(connection, found)
                        .compose(gone -> audit.record(
                                connection,
                                found.stream()
                                        .map(one -> Ledger.entry("server", AuditCode.TRANSFER_DELETED, one, ""))
                                        .toList()))
                        .map(found));
    }

    /** After the rows: bytes without a row are found again, a row without bytes would be a lie. */
    private Future<Void> deleted(List<Transfer> gone) {
        return blocking.call(() -> {
            for (Transfer one : gone) {
                String blob = one.blob();
                if (blob != null) {
                    blobs.delete(blob);
                }
            }
            return null;
        });
    }

    private Future<Void> sweep() {
        Instant before = clock.instant().minus(STAGED);
        return blocking.call(() -> blobs.untouchedSince(before))
                .compose(old -> store.known(database.pool(), old)
                        .compose(known -> blocking.call(() -> {
                            for (String blob : old) {
                                // What was sent on since the look at the table has been touched before.
                                if (!known.contains(blob) && blobs.deleteUntouchedSince(blob, before)) {
                                    LOG.info("blob={} belongs to no transfer: deleted", blob);
                                }
                            }
                            return null;
                        })));
    }
}
