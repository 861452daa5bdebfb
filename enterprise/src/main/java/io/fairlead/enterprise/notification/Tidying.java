package io.fairlead.enterprise.notification;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Actor;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bounds what is kept, once a minute, and looks which subscriptions are suspended. */
final class Tidying {
    private static final Logger LOG = LoggerFactory.getLogger(Tidying.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    /** Of a subscription; beyond, the oldest are dropped. */
    static final int MOST_WAITING = 10_000;

    private final Database database;
    private final Audit audit;
    private final OutboxStore store = new OutboxStore();
    private final AttemptStore attempts = new AttemptStore();
    private volatile List<String> suspended = List.of();
    private volatile Instant next = Instant.MIN;

    Tidying(Database database, Audit audit) {
        this.database = database;
        this.audit = audit;
    }

    /** Has the next look come at once. */
    void soon() {
        next = Instant.MIN;
    }

    Future<Void> look(Instant now) {
        if (now.isBefore(next)) {
            return Future.succeededFuture();
        }
        next = now.plus(EVERY);
        return store.dropOrphans(database.pool())
                .compose(orphans -> attempts.forget(database.pool(), now.minus(DeliveryHistory.KEPT)))
                .compose(forgotten -> store.crowded(database.pool(), MOST_WAITING))
                .compose(crowded -> {
                    Future<Void> trimmed = Future.succeededFuture();
                    for (String one : crowded) {
                        String[] parts = one.split(" ", 2);
                        trimmed = trimmed.compose(before -> trim(parts[0], Integer.parseInt(parts[1]) - MOST_WAITING));
                    }
                    return trimmed;
                })
                .compose(trimmed -> store.suspended(database.pool()))
                .map(found -> {
                    suspended = found;
                    return null;
                });
    }

    private Future<Void> trim(String subscription, int count) {
        LOG.warn("notification=dropped subscription={} count={} most={}", subscription, count, MOST_WAITING);
        return database.inTransaction(connection -> store.trim(connection, subscription, count)
                .compose(done -> audit.record(
                        connection,
                        new AuditEntry(
                                Actor.server().audited(),
                                AuditCode.NOTIFICATION_DROPPED,
                                "subscription:" + subscription,
                                "count=" + count))));
    }

    /** In sentences, as of the latest look. */
    List<String> troubles() {
        return suspended.stream()
                .map(one -> "Subscription " + one.substring(one.indexOf(' ') + 1) + " of account "
                        + one.substring(0, one.indexOf(' '))
                        + " took no notification for three days and is suspended until the account resumes it.")
                .toList();
    }
}
