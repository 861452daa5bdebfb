package io.fairlead.enterprise.login;

import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Timers;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what is over: answers, challenges and counters after an hour or a day, sessions and links after 90 days. */
public final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final Duration BETWEEN = Duration.ofMinutes(10);

    private final Database database;
    private final Timers timers;
    private final Clock clock;
    private final SweepStore store = new SweepStore();
    private Timers.@Nullable Timer next;
    private boolean stopped;

    public Sweep(Database database, Timers timers, Clock clock) {
        this.database = database;
        this.timers = timers;
        this.clock = clock;
    }

    /** Begins. Once. */
    public void start() {
        later();
    }

    private synchronized void later() {
        if (!stopped) {
            next = timers.after(BETWEEN, this::sweep);
        }
    }

    private void sweep() {
        store.sweep(database.pool(), clock.instant())
                .onFailure(failed -> LOG.warn("login-sweep=failed error=\"{}\"", failed.getMessage()))
                .onComplete(done -> later());
    }

    public synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel();
        }
    }
}
