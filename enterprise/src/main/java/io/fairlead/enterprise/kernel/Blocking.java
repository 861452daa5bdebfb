package io.fairlead.enterprise.kernel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The one door through which work that blocks (files, key making, JDBC) leaves the event loop. */
public final class Blocking {
    private final Vertx vertx;
    private final @Nullable WorkerExecutor own;

    public Blocking(Vertx vertx) {
        this(vertx, null);
    }

    private Blocking(Vertx vertx, @Nullable WorkerExecutor own) {
        this.vertx = vertx;
        this.own = own;
    }

    /**
     * A door of its own, for work that must not crowd out the rest: what finds all of its threads busy waits in line. They
     * end with Vert.x.
     *
     * @param name of the threads; whoever gives the same name shares them
     */
    public Blocking ofThreads(String name, int threads) {
        return new Blocking(vertx, vertx.createSharedWorkerExecutor(name, threads));
    }

    /**
     * Runs the work on a worker thread, beside other work of the same caller; the future completes on the caller's event
     * loop, and fails with whatever the work threw.
     */
    public <T> Future<T> call(Callable<T> work) {
        return own == null ? vertx.executeBlocking(work, false) : own.executeBlocking(work, false);
    }
}
