package io.fairlead.enterprise.notification;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.notification.OutboxStore.Turn;
import io.fairlead.enterprise.people.Actor;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down how a try to deliver ended: what was taken is gone, what was not is tried later, and after three days no more. */
final class Settling {
    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
    static final Duration SUSPENDED_AFTER = Duration.ofDays(3);
    private static final Duration BARRED_FOR = Duration.ofMinutes(5);

    private final Database database;
    private final Audit audit;
    private final Clock clock;
    private final BackOff backOff;
    private final DeliveryMeters meters;
    private final OutboxStore store = new OutboxStore();
    private final AttemptStore attempts = new AttemptStore();

    Settling(Database database, Audit audit, Clock clock, RandomGenerator random, DeliveryMeters meters) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.backOff = new BackOff(random);
        this.meters = meters;
    }

    /** The account may see nothing of what waits: nobody is called. */
    Future<Void> barred(SqlConnection connection, String subscription, Turn its) {
        Instant now = clock.instant();
        Instant next = now.plus(BARRED_FOR);
        Attempt attempt = Attempt.ofNobody(now, Undelivered.NOT_VISIBLE, its.attempts() + 1, next);
        return store.failed(
                        connection, subscription, Subscription.State.BARRED, Undelivered.NOT_VISIBLE, now, BARRED_FOR)
                .compose(failed -> noted(connection, subscription, attempt));
    }

    Future<Void> taken(Turn its, Parcel parcel, Delivery delivery) {
        Instant now = clock.instant();
        List<Long> rows =
                parcel.notifications().stream().map(Parcel.Notice::row).toList();
        Attempt attempt = attempt(its, parcel, delivery, now, null);
        return database.inTransaction(connection -> store.drop(connection, rows)
                .compose(gone -> store.taken(connection, parcel.subscription(), rows.size(), now))
                .compose(taken -> noted(connection, parcel.subscription(), attempt)));
    }

    /** Whether it is suspended now. */
    Future<Boolean> failed(Turn its, Parcel parcel, Delivery delivery, Undelivered why) {
        String subscription = parcel.subscription();
        Instant now = clock.instant();
        boolean bar = why == Undelivered.NOT_NAMED;
        Instant since = its.failingSince();
        boolean suspend = !bar && since != null && !now.isBefore(since.plus(SUSPENDED_AFTER));
        Duration nextIn = bar ? BARRED_FOR : backOff.after(its.attempts());
        Subscription.State state =
                bar ? Subscription.State.BARRED : suspend ? Subscription.State.SUSPENDED : Subscription.State.FAILING;
        Attempt attempt = attempt(its, parcel, delivery, now, suspend ? null : now.plus(nextIn));
        return database.inTransaction(connection -> store.failed(connection, subscription, state, why, now, nextIn)
                .compose(failed -> noted(connection, subscription, attempt))
                .compose(noted -> suspend
                        ? suspended(connection, subscription, its, why).map(true)
                        : Future.succeededFuture(false)));
    }

    private static Attempt attempt(Turn its, Parcel parcel, Delivery delivery, Instant now, @Nullable Instant nextTry) {
        List<Parcel.Notice> all = parcel.notifications();
        return new Attempt(
                now,
                delivery.took(),
                all.size(),
                all.get(0).number(),
                all.get(all.size() - 1).number(),
                all.stream()
                        .map(Parcel.Notice::kind)
                        .distinct()
                        .map(EventKind::ofKey)
                        .toList(),
                delivery.status(),
                delivery.undelivered(),
                its.attempts() + 1,
                nextTry);
    }

    private Future<Void> noted(SqlConnection connection, String subscription, Attempt attempt) {
        meters.count(attempt);
        return attempts.note(connection, subscription, attempt, DeliveryHistory.MOST);
    }

    private Future<Void> suspended(SqlConnection connection, String subscription, Turn its, Undelivered why) {
        LOG.warn("notification=suspended subscription={} account={} why={}", subscription, its.account(), why);
        return audit.record(
                connection,
                new AuditEntry(
                        Actor.server().audited(),
                        AuditCode.NOTIFICATION_SUSPENDED,
                        Actor.integration(its.account(), false).audited(),
                        "subscription=" + subscription + " why=" + why));
    }
}
