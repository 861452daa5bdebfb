package io.fairlead.enterprise.kernel;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Calls back later. Handed in everywhere, so that a test can hold time still. */
public interface Timers {
    /** A pending call. */
    interface Timer {
        /** Takes the call back; without effect when it has been made. */
        void cancel();
    }

    /** Calls once after a delay of at least a millisecond, on the caller's event loop when it has one. */
    Timer after(Duration delay, Runnable call);

    /** Timers of Vert.x. */
    static Timers of(Vertx vertx) {
        return (delay, call) -> {
            long id = vertx.setTimer(Math.max(1, delay.toMillis()), fired -> call.run());
            return () -> vertx.cancelTimer(id);
        };
    }
}
