package io.fairlead.enterprise.kernel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;

/** The one door through which work that blocks (files, key making, JDBC) leaves the event loop. */
public final class Blocking {
    private final Vertx vertx;

    public Blocking(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Runs the work on a worker thread, beside other work of the same caller; the future completes on the caller's event
     * loop, and fails with whatever the work threw.
     */
    public <T> Future<T> call(Callable<T> work) {
        return vertx.executeBlocking(work, false);
    }
}
