package io.fairlead.enterprise.notification;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.notification.OutboxStore.Turn;
import io.fairlead.enterprise.notification.OutboxStore.Waiting;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Entitlement;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.people.Scope;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what waits: each second, on the one node whose turn it is, a subscription at a time beside the others, in order.
 * What the account may see is asked anew for each parcel. A parcel is numbered and that committed before it is sent, and
 * gone from the outbox when it was taken: whatever dies in between, it is sent again with the same numbers.
 */
public final class Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(1);
    private static final int MOST_AT_ONCE = 32;

    private final Database database;
    private final Rights rights;
    private final Courier courier;
    private final Timers timers;
    private final Clock clock;
    private final OutboxStore store = new OutboxStore();
    private final OwnTurn turn;
    private final MissingWatch missing;
    private final Settling settling;
    private final Tidying tidying;
    private final Set<String> under = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;
    private Timers.@Nullable Timer next;

    public Deliveries(
            Database database,
            Rights rights,
            Courier courier,
            Audit audit,
            Timers timers,
            Clock clock,
            RandomGenerator random,
            MeterRegistry metrics) {
        this.database = database;
        this.rights = rights;
        this.courier = courier;
        this.timers = timers;
        this.clock = clock;
        this.turn = new OwnTurn(database, store);
        this.missing = new MissingWatch(database, clock);
        this.settling = new Settling(database, audit, clock, random, new DeliveryMeters(metrics));
        this.tidying = new Tidying(database, audit);
    }

    /** Begins, and goes on until {@link #stop}. */
    public void start() {
        later();
    }

    private synchronized void later() {
        if (!stopped) {
            next = timers.after(BETWEEN_ROUNDS, this::tick);
        }
    }

    // The next round begins a second after this one found what is due, not when all of that is delivered.
    private void tick() {
        begin().onComplete(begun -> {
            if (begun.failed()) {
                LOG.warn("notifications=not-looked cause={}", begun.cause().toString());
            }
            later();
        });
    }

    /** Ends after the calls under way; what waits is left to others, or the next start. */
    public Future<Void> stop() {
        synchronized (this) {
            stopped = true;
            if (next != null) {
                next.cancel();
            }
        }
        return turn.giveUp();
    }

    /** One round to its end; how many notifications were taken. */
    Future<Integer> round() {
        return begin().compose(calls -> Future.join(calls)
                .otherwiseEmpty()
                .map(all -> calls.stream()
                        .mapToInt(call -> call.succeeded() ? call.result() : 0)
                        .sum()));
    }

    private Future<List<Future<Integer>>> begin() {
        Instant now = clock.instant();
        return turn.isMine()
                .compose(mine -> mine
                        ? missing.look()
                                .compose(looked -> tidying.look(now))
                                .compose(tidied -> store.due(database.pool(), now, MOST_AT_ONCE))
                                .map(this::deliver)
                        : Future.succeededFuture(List.of()));
    }

    private List<Future<Integer>> deliver(List<String> due) {
        List<Future<Integer>> calls = new ArrayList<>();
        for (String subscription : due) {
            if (under.size() < MOST_AT_ONCE && under.add(subscription)) {
                calls.add(deliver(subscription, 0)
                        .onFailure(failure -> LOG.warn("notification=failed subscription={}", subscription, failure))
                        .onComplete(done -> under.remove(subscription)));
            }
        }
        return calls;
    }

    /** What is to be sent, and where. */
    private record Ready(Turn turn, Parcel parcel) {}

    private Future<Integer> deliver(String subscription, int before) {
        if (stopped) {
            return Future.succeededFuture(before);
        }
        return database.inTransaction(connection -> ready(connection, subscription))
                .compose(ready -> ready.isEmpty() ? Future.succeededFuture(before) : sent(ready.get(), before));
    }

    private Future<Optional<Ready>> ready(SqlConnection connection, String subscription) {
        return store.lock(connection, subscription).compose(found -> {
            if (found.isEmpty()) {
                return Future.succeededFuture(Optional.empty());
            }
            Turn its = found.get();
            // What lies in the network is the account's, not this call's: to see needs no confirmation.
            return rights.of(connection, Actor.integration(its.account(), false))
                    .compose(entitlement -> store.oldest(connection, subscription, Parcel.MOST)
                            .compose(rows -> ready(connection, subscription, its, entitlement, rows)));
        });
    }

    private Future<Optional<Ready>> ready(
            SqlConnection connection, String subscription, Turn its, Entitlement entitlement, List<Waiting> rows) {
        if (!rows.isEmpty()
                && rows.stream()
                        .noneMatch(row -> entitlement.hasRoleFor(row.kind().needs()))) {
            return settling.barred(connection, subscription, its).map(Optional.empty());
        }
        List<Long> unseen = new ArrayList<>();
        List<Long> fresh = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        List<Parcel.Notice> notices = new ArrayList<>();
        long last = its.lastNumber();
        for (Waiting row : rows) {
            Scope scope = row.scope();
            if (scope == null || !entitlement.may(row.kind().needs(), scope)) {
                unseen.add(row.id());
                continue;
            }
            Long number = row.number();
            if (number == null) {
                number = ++last;
                fresh.add(row.id());
                numbers.add(number);
            }
            notices.add(new Parcel.Notice(
                    row.id(),
                    number,
                    row.kind().key(),
                    row.at(),
                    new Parcel.Place(row.device(), String.valueOf(row.customer()), String.valueOf(row.site())),
                    row.body()));
        }
        return store.drop(connection, unseen)
                .compose(dropped ->
                        store.number(connection, subscription, fresh, numbers, its.lastNumber() + fresh.size()))
                .map(numbered -> notices.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Ready(its, new Parcel(subscription, its.token(), notices))));
    }

    private Future<Integer> sent(Ready ready, int before) {
        Parcel parcel = ready.parcel();
        Turn its = ready.turn();
        return courier.send(Endpoint.of(its.endpoint()), its.soap12(), parcel).compose(delivery -> {
            Undelivered why = delivery.undelivered();
            if (why != null) {
                return settling.failed(its, parcel, delivery, why).map(suspended -> {
                    if (suspended) {
                        tidying.soon();
                    }
                    return before;
                });
            }
            int count = parcel.notifications().size();
            return settling.taken(its, parcel, delivery)
                    .compose(done -> count == Parcel.MOST
                            ? deliver(parcel.subscription(), before + count)
                            : Future.succeededFuture(before + count));
        });
    }

    /** In sentences, as of the latest look of the node that delivers: for who may read the whole audit. */
    public List<String> troubles() {
        return tidying.troubles();
    }
}
