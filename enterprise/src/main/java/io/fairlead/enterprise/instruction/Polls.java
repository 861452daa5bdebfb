package io.fairlead.enterprise.instruction;

import io.fairlead.enterprise.fleet.Contacts;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Judged;
import io.fairlead.enterprise.fleet.Polled;
import io.fairlead.enterprise.fleet.Rolled;
import io.fairlead.enterprise.fleet.Turn;
import io.fairlead.enterprise.kernel.Batches;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A poll from its arrival to its answer: contact and token, journal, mailbox, signers. */
public final class Polls {
    /** As many certificates as the contract lets one answer carry. */
    private static final int MOST_SIGNERS = 4;
    /** Polls whose contact waits for the database: what comes beyond would wait longer than its agent does. */
    static final int MOST_ARRIVING = 1_000;

    private final Database database;
    private final Contacts contacts;
    private final Instructions instructions;
    private final Mailbox mailbox;
    private final Batches<Arrival, Optional<Rolled>> arrivals;
    private final Batches<Delivery, Boolean> deliveries;
    private final AtomicInteger arriving = new AtomicInteger();

    private record Arrival(Polled poll, BooleanSupplier hungUp) {}

    private record Delivery(Turn turn, List<SignedOrder> orders) {}

    /** @param owner of the queues in which polls wait for the database */
    public Polls(Context owner, Database database, Contacts contacts, Instructions instructions, Mailbox mailbox) {
        this.database = database;
        this.contacts = contacts;
        this.instructions = instructions;
        this.mailbox = mailbox;
        this.arrivals = new Batches<>(owner, this::arrived);
        this.deliveries = new Batches<>(owner, this::deliver);
    }

    /**
     * Answers when something waits for the device, at the latest when the hold is over; at once, and with nothing, while it
     * is not certain that nobody else holds its identity. Fails with Refusal: INVALID, UNKNOWN_DEVICE, JOURNAL_BEHIND,
     * IDENTITY_HELD, CERTIFICATE_REVOKED, UNAVAILABLE, and BUSY when a thousand polls wait for the database already. The
     * caller judges the device's certificate before, an identity that is held excepted, and again before it sends the answer.
     *
     * @param waiting for 0 to 55 seconds
     */
    public Future<PollAnswer> poll(Polled poll, Waiting waiting) {
        if (arriving.incrementAndGet() > MOST_ARRIVING) {
            arriving.decrementAndGet();
            return Future.failedFuture(new Refusal(Fault.BUSY, MOST_ARRIVING + " polls wait"));
        }
        return arrivals.submit(new Arrival(poll, waiting.hungUp()))
                .compose(rolled -> rolled.map(Future::succeededFuture).orElseGet(() -> alone(poll, waiting)))
                .onComplete(arrived -> arriving.decrementAndGet())
                .compose(rolled -> rolled.certain()
                        ? mailbox.park(poll.device(), poll.journaled(), rolled.renew() ? Duration.ZERO : waiting.hold())
                                .compose(orders -> answer(poll.device(), rolled, orders))
                        : Future.succeededFuture(nothing(rolled)));
    }

    /** Empty for each poll that is to be taken by itself: of two of one device the second is. */
    private Future<List<Optional<Rolled>>> arrived(List<Arrival> batch) {
        Map<DeviceId, Arrival> first = new LinkedHashMap<>();
        batch.forEach(arrival -> first.putIfAbsent(arrival.poll.device(), arrival));
        Map<Polled, BooleanSupplier> polls =
                first.values().stream().collect(Collectors.toMap(Arrival::poll, Arrival::hungUp));
        return database.inTransaction(connection -> contacts.polled(connection, polls)
                        .compose(rolled -> instructions
                                .journaled(connection, risen(polls.keySet(), rolled))
                                .map(rolled)))
                .map(HashMap::new)
                .map(left -> batch.stream()
                        .map(arrival -> Optional.ofNullable(left.remove(arrival.poll.device())))
                        .toList());
    }

    private static Map<DeviceId, Long> risen(Set<Polled> polls, Map<DeviceId, Rolled> rolled) {
        Map<DeviceId, Long> risen = new HashMap<>();
        for (Polled poll : polls) {
            Rolled taken = rolled.get(poll.device());
            if (taken != null && taken.journaledRose()) {
                risen.put(poll.device(), poll.journaled());
            }
        }
        return risen;
    }

    private Future<Rolled> alone(Polled poll, Waiting waiting) {
        return database.inTransaction(connection -> contacts.polled(connection, poll, waiting.hungUp())
                        .compose(judged -> journaled(connection, poll, judged)))
                .map(Judged::rolled);
    }

    /** In the transaction of the contact: what the device said is noted there and here, or said again. */
    private Future<Judged> journaled(SqlConnection connection, Polled poll, Judged judged) {
        return judged instanceof Rolled rolled && rolled.journaledRose()
                ? instructions
                        .journaled(connection, Map.of(poll.device(), poll.journaled()))
                        .map(judged)
                : Future.succeededFuture(judged);
    }

    private Future<PollAnswer> answer(DeviceId device, Rolled rolled, List<SignedOrder> orders) {
        List<SignedOrder> some = new ArrayList<>(orders.size());
        Set<String> keys = new LinkedHashSet<>();
        for (SignedOrder order : orders) {
            if (!keys.contains(order.keyId()) && keys.size() == MOST_SIGNERS) {
                break; // the rest comes with the next answer
            }
            keys.add(order.keyId());
            some.add(order);
        }
        if (some.isEmpty()) {
            return Future.succeededFuture(nothing(rolled));
        }
        return instructions.signers(keys).compose(certificates -> deliverable(device, rolled, some, certificates));
    }

    /** What has no signer that we know is taken back, so that it stands before nothing that has one. */
    private Future<PollAnswer> deliverable(
            DeviceId device, Rolled rolled, List<SignedOrder> orders, Map<String, byte[]> certificates) {
        Map<Boolean, List<SignedOrder>> parts =
                orders.stream().collect(Collectors.partitioningBy(order -> certificates.containsKey(order.keyId())));
        List<SignedOrder> good = parts.getOrDefault(true, List.of());
        List<SignedOrder> bad = parts.getOrDefault(false, List.of());
        Future<Void> rid = bad.isEmpty() ? Future.succeededFuture() : instructions.undeliverable(device, bad);
        PollAnswer answer = new PollAnswer(rolled.token(), good, List.copyOf(certificates.values()), rolled.renew());
        Delivery delivery = new Delivery(new Turn(device, rolled.turn()), good);
        return rid.compose(gone -> good.isEmpty() ? Future.succeededFuture(false) : deliveries.submit(delivery))
                .map(newest -> newest ? answer : nothing(rolled));
    }

    private static PollAnswer nothing(Rolled rolled) {
        return new PollAnswer(rolled.token(), List.of(), List.of(), rolled.renew());
    }

    /** To the newest poll of a device alone: an older one may be somebody else's, or nobody's any more. */
    private Future<List<Boolean>> deliver(List<Delivery> batch) {
        List<Turn> turns = batch.stream().map(Delivery::turn).toList();
        return database.inTransaction(connection -> contacts.newest(connection, turns)
                        .compose(newest -> instructions
                                .delivered(connection, given(batch, newest))
                                .map(newest)))
                .map(newest -> turns.stream().map(newest::contains).toList());
    }

    private static Map<DeviceId, List<SignedOrder>> given(List<Delivery> batch, Set<Turn> newest) {
        return batch.stream()
                .filter(delivery -> newest.contains(delivery.turn))
                .collect(Collectors.toMap(delivery -> delivery.turn.device(), Delivery::orders));
    }
}
