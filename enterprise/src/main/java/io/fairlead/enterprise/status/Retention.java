package io.fairlead.enterprise.status;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Timers;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps partitions of history ahead of time, from yesterday (clocks of nodes differ) to three days from now, and drops
 * those that are older than they need be. It runs at the start, which waits for the partitions, and every hour; of several
 * nodes one drops.
 */
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final List<String> PARENTS = List.of("status_message", "item_history", "event");
    private static final Duration EVERY = Duration.ofHours(1);
    private static final int PREPARED_DAYS = 5;
    private static final int BATCH = 1_000;

    private final Database database;
    private final Audit audit;
    private final Timers timers;
    private final Clock clock;
    private final int days;
    private final RetentionStore store = new RetentionStore();
    private volatile boolean stopped;
    /** The last run: one node never stands in its own way, were its run to take more than an hour. */
    private Future<Void> last = Future.succeededFuture();

    /**
     * @param days for which history, events and quarantine are kept, 7 or more, by this node's clock and by the
     *     database's: where they differ, by the one that keeps more
     */
    public Retention(Database database, Audit audit, Timers timers, Clock clock, int days) {
        this.database = database;
        this.audit = audit;
        this.timers = timers;
        this.clock = clock;
        this.days = days;
    }

    /** Succeeds when there are partitions to write to; what is old is dropped behind it. */
    public Future<Void> start() {
        Future<Void> prepared = prepare();
        return prepared.onSuccess(done -> {
            again();
            behind(this::drop).onFailure(Retention::failed);
        });
    }

    private void again() {
        Timers.Timer unused = timers.after(EVERY, this::hourly);
    }

    private void hourly() {
        if (!stopped) {
            again();
            behind(this::run).onFailure(Retention::failed);
        }
    }

    private synchronized Future<Void> behind(Supplier<Future<Void>> next) {
        last = last.transform(ended -> next.get());
        return last;
    }

    /** Tried again in an hour; three days of partitions are there. */
    private static void failed(Throwable cause) {
        LOG.error("retention failed", cause);
    }

    /** Runs now. A drop that waits in vain for somebody's long query never keeps partitions from being made. */
    Future<Void> run() {
        return prepare().compose(prepared -> drop());
    }

    private Future<Void> prepare() {
        LocalDate from = today().minusDays(1);
        return database.inTransaction(connection -> {
            Future<Void> done = Future.succeededFuture();
            for (String parent : PARENTS) {
                done = done.compose(before -> store.ensure(connection, parent, from, PREPARED_DAYS));
            }
            return done;
        });
    }

    /** A transaction for each table: none stays locked while the next is waited for. */
    private Future<Void> drop() {
        LocalDate before = today().minusDays(days);
        Future<Void> done = Future.succeededFuture();
        for (String parent : PARENTS) {
            done = done.compose(
                    dropped -> alone(parent, before, connection -> store.drop(connection, parent, before, days))
                            .mapEmpty());
        }
        return done.compose(dropped -> forgetQuarantine(before));
    }

    private Future<Void> forgetQuarantine(LocalDate before) {
        return alone(
                        "quarantine",
                        before,
                        connection -> store.forgetQuarantine(
                                connection, before.atStartOfDay(ZoneOffset.UTC).toInstant(), days, BATCH))
                .compose(gone -> gone < BATCH ? Future.succeededFuture() : forgetQuarantine(before));
    }

    /** One step in a transaction of its own, unless another node is at it; answers how much went. */
    private Future<Integer> alone(String what, LocalDate before, Function<SqlConnection, Future<Integer>> step) {
        return database.inTransaction(connection -> store.tryLock(connection, what)
                .compose(mine -> mine ? step.apply(connection) : Future.succeededFuture(0))
                .compose(dropped -> audited(connection, what, dropped, before).map(dropped)));
    }

    private LocalDate today() {
        return clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private Future<Void> audited(SqlConnection connection, String what, int dropped, LocalDate before) {
        if (dropped == 0) {
            return Future.succeededFuture();
        }
        LOG.info("retention dropped={} of={} before={}", dropped, what, before);
        return audit.record(
                connection,
                new AuditEntry(
                        "server", AuditCode.RETENTION_DROPPED, what, "dropped=" + dropped + " before=" + before));
    }

    /** Runs no more. */
    public void stop() {
        stopped = true;
    }
}
