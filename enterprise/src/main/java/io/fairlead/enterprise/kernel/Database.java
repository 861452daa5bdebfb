package io.fairlead.enterprise.kernel;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Function;

/**
 * PostgreSQL as the rooms see it: the pool of the role {@code fairlead_app}. Owned by the composition root, which closes
 * it.
 */
public final class Database {
    private final Pool pool;

    public Database(Pool pool) {
        this.pool = pool;
    }

    /** For a single statement. */
    public Pool pool() {
        return pool;
    }

    /**
     * Runs steps in one transaction: committed when the future they return succeeds, rolled back when it fails. A failed
     * future with a {@code ClosedConnectionException} may stand for a commit whose answer was lost; who must know asks
     * again.
     */
    public <T> Future<T> inTransaction(Function<SqlConnection, Future<T>> steps) {
        return pool.withTransaction(steps);
    }
}
