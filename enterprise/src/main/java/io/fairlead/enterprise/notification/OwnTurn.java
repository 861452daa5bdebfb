package io.fairlead.enterprise.notification;

import io.fairlead.enterprise.kernel.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import org.jspecify.annotations.Nullable;

/**
 * Whether this node is the one that delivers: it holds an advisory lock of the database, on a connection that it keeps. With
 * the connection, however it ends, the lock goes, and another node takes it.
 */
final class OwnTurn {
    private final Database database;
    private final OutboxStore store;
    private @Nullable SqlConnection held;

    OwnTurn(Database database, OutboxStore store) {
        this.database = database;
        this.store = store;
    }

    /** Takes it if it can be had; fails when it was lost. */
    Future<Boolean> isMine() {
        SqlConnection own = current();
        if (own != null) {
            return store.stillLocked(own).recover(lost -> giveUp().compose(gone -> Future.failedFuture(lost)));
        }
        return database.pool()
                .getConnection()
                .compose(fresh -> store.takeLock(fresh)
                        .compose(taken -> taken
                                ? Future.succeededFuture(keep(fresh))
                                : fresh.close().map(false))
                        .recover(failure ->
                                fresh.close().otherwiseEmpty().compose(gone -> Future.failedFuture(failure))));
    }

    private synchronized @Nullable SqlConnection current() {
        return held;
    }

    private synchronized boolean keep(SqlConnection fresh) {
        held = fresh;
        return true;
    }

    /** The lock goes before the connection is anybody else's. */
    Future<Void> giveUp() {
        SqlConnection own;
        synchronized (this) {
            own = held;
            held = null;
        }
        return own == null
                ? Future.succeededFuture()
                : store.unlock(own)
                        .otherwiseEmpty()
                        .compose(unlocked -> own.close().otherwiseEmpty());
    }
}
