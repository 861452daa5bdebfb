package io.fairlead.enterprise.notification;

import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.notification.OutboxStore.Backlog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every ten seconds, on each node whichever delivers, what waits, for the metrics. What waits for subscriptions that are
 * suspended is left out: it waits for somebody to resume them, and they are counted by themselves.
 */
public final class WaitingWatch {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingWatch.class);
    private static final Duration BETWEEN = Duration.ofSeconds(10);

    private final Database database;
    private final Timers timers;
    private final OutboxStore store = new OutboxStore();
    private volatile Backlog backlog = Backlog.NONE;
    private volatile boolean stopped;

    public WaitingWatch(Database database, Timers timers, Clock clock, MeterRegistry metrics) {
        this.database = database;
        this.timers = timers;
        Gauge.builder("fairlead.notification.waiting", this, one -> (double) one.backlog.waiting())
                .description("Notifications that no receiver took yet, those for suspended subscriptions left out")
                .register(metrics);
        Gauge.builder("fairlead.notification.oldest", this, one ->
                        (double) one.backlog.age(clock.instant()).toSeconds())
                .description("How long ago the oldest of them happened")
                .baseUnit("seconds")
                .register(metrics);
        Gauge.builder("fairlead.notification.suspended", this, one -> (double) one.backlog.suspended())
                .description("Subscriptions that took nothing for three days, until their account resumes them")
                .register(metrics);
    }

    /** Begins to look. */
    public void start() {
        look().onComplete(done -> {
            if (!stopped) {
                var unusedTimer = timers.after(BETWEEN, this::start);
            }
        });
    }

    /** Looks now. A database that is away leaves what was known. */
    Future<Void> look() {
        return store.backlog(database.pool())
                .<Void>map(found -> {
                    backlog = found;
                    return null;
                })
                .onFailure(failure -> LOG.debug("notifications=not-counted cause={}", failure.toString()))
                .otherwiseEmpty();
    }

    public void stop() {
        stopped = true;
    }
}
