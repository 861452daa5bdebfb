package io.fairlead.enterprise.account;

import io.fairlead.enterprise.account.EndingStore.Ending;
import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Actor;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says 30, 7 and 1 days ahead which accounts will be without a password that is taken, and which without a certificate: once
 * each over all nodes in log and audit, and all the time on the overview. An account that is disabled, or has another one
 * that lasts longer, is nobody's concern.
 */
public final class EndingWatch {
    private static final Logger LOG = LoggerFactory.getLogger(EndingWatch.class);
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final Duration AHEAD = Duration.ofDays(30);
    /** What has ended longer ago is nobody's concern either. */
    private static final Duration BEHIND = Duration.ofDays(30);

    private static final int[] THRESHOLDS = {1, 7, 30};

    private final Database database;
    private final Audit audit;
    private final Timers timers;
    private final Clock clock;
    private final EndingStore store = new EndingStore();
    private volatile List<Ending> near = List.of();
    private Timers.@Nullable Timer next;
    private boolean stopped;

    public EndingWatch(Database database, Audit audit, Timers timers, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.timers = timers;
        this.clock = clock;
    }

    /** Looks now and every ten minutes until {@link #stop}. */
    public synchronized void start() {
        if (!stopped) {
            next = timers.after(EVERY, this::start);
            look().onFailure(failure -> LOG.warn("account-endings=not-looked cause={}", failure.toString()));
        }
    }

    public synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel();
        }
    }

    /** In sentences, as of the latest look: for who may read the whole audit. */
    public List<String> troubles() {
        Instant now = clock.instant();
        return near.stream().map(one -> sentence(one, now)).toList();
    }

    private static String sentence(Ending one, Instant now) {
        return "The " + one.kind().word() + " of account " + one.account()
                + (now.isBefore(one.notAfter()) ? " ends at " : " has ended at ") + one.notAfter()
                + switch (one.kind()) {
                    case PASSWORD -> "; `fairlead accounts rotate " + one.account() + "` makes another.";
                    case CERTIFICATE ->
                        "; `fairlead accounts certificate add " + one.account() + " FILE` takes another.";
                };
    }

    /** One look. */
    Future<Void> look() {
        Instant now = clock.instant();
        return store.ending(database.pool(), now.minus(BEHIND), now.plus(AHEAD)).compose(found -> {
            near = found;
            Future<Void> said = Future.succeededFuture();
            for (Ending one : found) {
                said = said.compose(before -> said(one, now));
            }
            return said;
        });
    }

    private Future<Void> said(Ending one, Instant now) {
        int days = days(now, one.notAfter());
        return database.inTransaction(connection -> store.warn(connection, one, days, now)
                .compose(first -> {
                    if (!first) {
                        return Future.succeededFuture();
                    }
                    LOG.warn(
                            "account-{}=ending account={} days={} at={}",
                            one.kind().word(),
                            one.account(),
                            days,
                            one.notAfter());
                    return audit.record(
                            connection,
                            new AuditEntry(
                                    Actor.server().audited(),
                                    one.kind().code(),
                                    Actor.integration(one.account(), false).audited(),
                                    "days=" + days + " " + one.kind().word() + "=" + one.knownAs() + " notAfter="
                                            + one.notAfter()));
                }));
    }

    /** The least threshold within which it ends. */
    private static int days(Instant now, Instant end) {
        for (int days : THRESHOLDS) {
            if (end.isBefore(now.plus(Duration.ofDays(days)))) {
                return days;
            }
        }
        return THRESHOLDS[THRESHOLDS.length - 1];
    }
}
