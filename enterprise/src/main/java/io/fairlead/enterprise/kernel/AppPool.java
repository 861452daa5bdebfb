package io.fairlead.enterprise.kernel;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.concurrent.TimeUnit;

/**
 * The pool of the role {@code fairlead_app}: statements are prepared once per connection and sent without waiting for
 * the one before.
 *
 * @param connections how many at most, 1–200; PostgreSQL's own limit is 100 unless it was raised
 */
public record AppPool(int connections) {
    /** Enough for one node on two to eight cores: PostgreSQL works best with a few connections per core. */
    public static final int DEFAULT_CONNECTIONS = 16;

    private static final int STATEMENTS_IN_FLIGHT = 256;
    private static final int STATEMENTS_KEPT = 512;
    private static final int LONGEST_STATEMENT_KEPT = 16_384;
    private static final int QUEUED_CALLERS = 10_000;
    private static final int WAIT_SECONDS = 10;

    public AppPool {
        if (connections < 1 || connections > 200) {
            throw new IllegalArgumentException("database.pool must be from 1 to 200");
        }
    }

    /**
     * Opens it; connections are made when they are first needed. The caller owns the pool and closes it. Who finds no
     * free connection waits ten seconds, then its future fails.
     */
    public Pool open(Vertx vertx, DatabaseSettings settings) {
        PgConnectOptions connection = settings.connectAs(settings.app())
                .setPipeliningLimit(STATEMENTS_IN_FLIGHT)
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheMaxSize(STATEMENTS_KEPT)
                .setPreparedStatementCacheSqlFilter(sql -> sql.length() <= LONGEST_STATEMENT_KEPT);
        // A transaction that its node forgot must not hold locks for ever.
        connection.addProperty("idle_in_transaction_session_timeout", "60000");
        PoolOptions pool = new PoolOptions()
                .setName("fairlead_app")
                .setMaxSize(connections)
                .setMaxWaitQueueSize(QUEUED_CALLERS)
                .setConnectionTimeout(WAIT_SECONDS)
                .setConnectionTimeoutUnit(TimeUnit.SECONDS);
        return PgBuilder.pool().with(pool).connectingTo(connection).using(vertx).build();
    }
}
