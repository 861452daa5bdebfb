package io.fairlead.enterprise.kernel;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The pool of the role {@code fairlead_app}: statements are prepared once per connection and sent without waiting for
 * the one before.
 *
 * <p>A host that vanishes without a word leaves connections on which nothing ever comes. So PostgreSQL ends a statement
 * that takes too long; a connection on which nothing came for half as long again is closed, and whoever waits on it fails.
 * One that nobody uses is given up after a quarter of that time, for nothing came on it either: whoever gets it last of all
 * still has the whole time of a statement.
 *
 * @param connections how many at most, 1–200; PostgreSQL's own limit is 100 unless it was raised
 * @param statement how long one statement may take, 1 second or more
 */
public record AppPool(int connections, Duration statement) {
    /** Enough for one node on two to eight cores: PostgreSQL works best with a few connections per core. */
    public static final int DEFAULT_CONNECTIONS = 16;

    private static final int STATEMENTS_IN_FLIGHT = 256;
    private static final int STATEMENTS_KEPT = 512;
    private static final int LONGEST_STATEMENT_KEPT = 16_384;
    private static final int QUEUED_CALLERS = 10_000;
    private static final int WAIT_SECONDS = 10;

    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(30);

    public AppPool {
        if (connections < 1 || connections > 200) {
            throw new IllegalArgumentException("database.pool must be from 1 to 200");
        }
        if (statement.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a statement may take 1 second or more");
        }
    }

    /** With statements of at most 30 seconds. */
    public AppPool(int connections) {
        this(connections, LONGEST_STATEMENT);
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
        connection.addProperty("statement_timeout", Long.toString(statement.toMillis()));
        NetClientOptions net = new NetClientOptions()
                .setTcpKeepAlive(true)
                .setReadIdleTimeout(Math.toIntExact(statement.toMillis() * 3 / 2))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        PoolOptions pool = new PoolOptions()
                .setName("fairlead_app")
                .setMaxSize(connections)
                .setMaxWaitQueueSize(QUEUED_CALLERS)
                .setConnectionTimeout(WAIT_SECONDS)
                .setConnectionTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout(Math.toIntExact(statement.toMillis() / 4))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                // 1/4 idle, 1/8 until that is seen, and a whole statement are less than 3/2.
                .setPoolCleanerPeriod(Math.toIntExact(statement.toMillis() / 8));
        return PgBuilder.pool()
                .with(pool)
                .with(net)
                .connectingTo(connection)
                .using(vertx)
                .build();
    }
}
