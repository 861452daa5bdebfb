package io.fairlead.enterprise.audit;

import io.fairlead.enterprise.audit.Backlog.Unsent;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Timers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every ten seconds, on each node, whether the audit is sealed and sent on, whichever node does that; says so in the log
 * when it begins to be late and when it is so no more, in metrics, and to whoever asks for {@link #backlog}.
 */
public final class BacklogWatch {
    private static final Logger LOG = LoggerFactory.getLogger(BacklogWatch.class);
    private static final Duration BETWEEN = Duration.ofSeconds(10);

    private final Database database;
    private final Optional<String> target;
    private final Timers timers;
    private final Clock clock;
    private final Instant begun;
    private final BacklogStore store = new BacklogStore();
    private volatile Backlog backlog = Backlog.NONE;
    private volatile boolean stopped;

    /** @param target where the sealed audit is sent to; empty for nowhere */
    public BacklogWatch(
            Database database, Optional<SyslogTarget> target, Timers timers, Clock clock, MeterRegistry metrics) {
        this.database = database;
        this.target = target.map(SyslogTarget::name);
        this.timers = timers;
        this.clock = clock;
        this.begun = clock.instant();
        Gauge.builder("fairlead.audit.unsealed.rows", this, one -> (double) one.backlog.unsealed())
                .description("Rows of the audit that wait for a seal, " + Backlog.MOST_ROWS + " at most")
                .register(metrics);
        Gauge.builder("fairlead.audit.unsealed.oldest", this, one ->
                        (double) one.backlog.oldest().toSeconds())
                .description("How long the oldest row waits for its seal")
                .baseUnit("seconds")
                .register(metrics);
        if (target.isPresent()) {
            Gauge.builder("fairlead.audit.syslog.waiting.rows", this, one -> one.unsent(Unsent::rows))
                    .description("Sealed rows that the syslog receiver has not confirmed")
                    .register(metrics);
            Gauge.builder("fairlead.audit.syslog.confirmed", this, one -> one.unsent(BacklogWatch::lastConfirmed))
                    .description("When the syslog receiver last confirmed rows, as Unix time; 0 for never")
                    .baseUnit("seconds")
                    .register(metrics);
        }
    }

    private double unsent(ToLongFunction<Unsent> value) {
        return backlog.unsent().map(one -> (double) value.applyAsLong(one)).orElse(0.0);
    }

    private static long lastConfirmed(Unsent unsent) {
        return unsent.confirmed().map(Instant::getEpochSecond).orElse(0L);
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
    public Future<Void> look() {
        Future<Optional<Unsent>> unsent = target.map(name -> store.unsent(database.pool(), name)
                        .map(this::sinceStart)
                        .map(Optional::of))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
        return store.unsealed(database.pool())
                .compose(sealing -> unsent.map(sending -> new Backlog(sealing.unsealed(), sealing.oldest(), sending)))
                .onSuccess(this::settle)
                .onFailure(failure -> LOG.debug("backlog=not-read cause=\"{}\"", failure.getMessage()))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    /** What waited before this node was there, it has not failed to send yet. */
    private Unsent sinceStart(Unsent unsent) {
        Duration here = Duration.between(begun, clock.instant());
        return here.compareTo(unsent.waiting()) < 0 ? unsent.with(here) : unsent;
    }

    private void settle(Backlog now) {
        Backlog before = backlog;
        backlog = now;
        if (now.sealingLate() != before.sealingLate()) {
            if (now.sealingLate()) {
                LOG.error(
                        "audit=not-sealed rows={} oldest_seconds={}",
                        now.unsealed(),
                        now.oldest().toSeconds());
            } else {
                LOG.info("audit=sealed-again");
            }
        }
        if (now.sendingLate() != before.sendingLate()) {
            if (now.sendingLate()) {
                now.unsent()
                        .ifPresent(one -> LOG.error(
                                "audit=not-sent target={} rows={} waiting_seconds={}",
                                one.target(),
                                one.rows(),
                                one.waiting().toSeconds()));
            } else {
                LOG.info("audit=sent-again");
            }
        }
    }

    /** As it was seen last. */
    public Backlog backlog() {
        return backlog;
    }

    public void stop() {
        stopped = true;
    }
}
