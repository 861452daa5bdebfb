package io.fairlead.enterprise.instruction;

import io.fairlead.enterprise.fleet.Contacts;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.kernel.Notifications;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls that are held open until there is an instruction. One poll is parked per device; it costs one small object and
 * a timer, no connection.
 *
 * <pre>
 *            park                    NOTIFY fairlead_instruction (device), LISTEN connection is back (all)
 *              │ registers first,                  │
 *              ▼ then is unread                    ▼ unread again
 *          UNREAD ── batch of up to 500 is read ─▶ PARKED ── time over ─▶ answered empty
 *              └── something waits ─▶ answered         └── newer poll, NOTIFY that something about the device or its
 *                                                          certificates has changed, stop ─▶ answered empty
 * </pre>
 *
 * Who is sent home empty is judged again before the answer goes out: by whoever asked.
 *
 * A poll registers before it is read, so that an instruction committed in between is either read or notified. At most
 * two reads are under way; what becomes unread meanwhile goes into the next one, so that many wake-ups are few queries
 * and a single one does not wait.
 *
 * <p>One event loop owns the mailbox, so there are no locks; calls from elsewhere hop to it.
 */
public final class Mailbox {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    /** Tells of a device for which an instruction was made, or ended. */
    public static final String CHANNEL = "fairlead_instruction";

    private static final int BATCH = 500;
    private static final int READS = 2;
    /** As many as the contract lets one answer carry. */
    private static final int MOST = 20;

    private static final Duration LONGEST_HOLD = Duration.ofSeconds(55);
    private static final Duration RETRY = Duration.ofMillis(200);

    private final Context owner;
    private final Instructions instructions;
    private final Timers timers;
    private final Map<DeviceId, Parked> parked = new HashMap<>();
    private final Set<Parked> unread = new LinkedHashSet<>();
    private final AtomicInteger count = new AtomicInteger();
    private int reads;
    private boolean retrying;
    private boolean stopped;

    /** Listens from now on; the caller owns the notifications and closes them after the mailbox is stopped. */
    public Mailbox(
            Context owner,
            Instructions instructions,
            Notifications notifications,
            Timers timers,
            MeterRegistry metrics) {
        this.owner = owner;
        this.instructions = instructions;
        this.timers = timers;
        Gauge.builder("fairlead.instruction.polls.parked", count, AtomicInteger::get)
                .description("Polls held open")
                .register(metrics);
        notifications.listen(CHANNEL, this::notified);
        notifications.listen(Contacts.CHANNEL, this::sendHome);
        notifications.listen(DeviceCertificates.CHANNEL, this::sendHome);
        notifications.onReconnect(() -> onOwner(this::wakeAll));
    }

    /**
     * Holds a poll until an instruction above a number waits for the device, at most for a time.
     *
     * @param above the highest instruction in the agent's journal
     * @param hold 0 to 55 seconds
     * @return the instructions in order, at most twenty; empty when the time is over, when a newer poll of the device
     *     came, or at the stop. Fails with Refusal(INVALID) for another hold and with Refusal(UNAVAILABLE) when the
     *     database could not be read in that time
     */
    public Future<List<SignedOrder>> park(DeviceId device, long above, Duration hold) {
        if (hold.isNegative() || hold.compareTo(LONGEST_HOLD) > 0) {
            return Future.failedFuture(new Refusal(Fault.INVALID, "a poll is held for 0 to 55 seconds"));
        }
        Parked poll = new Parked(device, above);
        onOwner(() -> admit(poll, hold));
        return poll.answer.future();
    }

    /** Whether this node holds a poll of the device; another node may. */
    public Future<Boolean> holds(DeviceId device) {
        Promise<Boolean> answer = Promise.promise();
        onOwner(() -> answer.complete(parked.containsKey(device)));
        return answer.future();
    }

    private void admit(Parked poll, Duration hold) {
        if (stopped) {
            poll.answer.complete(List.of());
            return;
        }
        Parked older = parked.put(poll.device, poll);
        if (older == null) {
            count.incrementAndGet();
        } else {
            finish(older, List.of());
        }
        poll.timer = timers.after(hold, () -> onOwner(() -> timeOver(poll)));
        unread.add(poll);
        read();
    }

    private void notified(String payload) {
        onOwner(() -> named(payload).map(parked::get).ifPresent(poll -> {
            unread.add(poll);
            read();
        }));
    }

    private void sendHome(String payload) {
        onOwner(() -> named(payload).map(parked::get).ifPresent(poll -> remove(poll, List.of())));
    }

    /** Empty for what is no device's id: whoever may log in to PostgreSQL may notify any channel. */
    private static Optional<DeviceId> named(String payload) {
        try {
            return Optional.of(new DeviceId(payload));
        } catch (Refusal foreign) {
            LOG.warn("notification is no device id length={}", payload.length());
            return Optional.empty();
        }
    }

    private void wakeAll() {
        unread.addAll(parked.values());
        read();
    }

    private void read() {
        while (reads < READS && !unread.isEmpty() && !retrying) {
            List<Parked> batch = nextBatch();
            reads++;
            instructions
                    .waiting(aboves(batch), MOST)
                    .onComplete(result -> onOwner(() -> {
                        reads--;
                        if (result.succeeded()) {
                            batch.forEach(
                                    poll -> delivered(poll, result.result().get(poll.device)));
                        } else {
                            failed(batch, result.cause());
                        }
                        read();
                    }));
        }
    }

    private List<Parked> nextBatch() {
        List<Parked> batch = new ArrayList<>(Math.min(BATCH, unread.size()));
        Iterator<Parked> waiting = unread.iterator();
        while (waiting.hasNext() && batch.size() < BATCH) {
            batch.add(waiting.next());
            waiting.remove();
        }
        return batch;
    }

    private static List<InstructionStore.Above> aboves(List<Parked> batch) {
        return batch.stream()
                .map(poll -> new InstructionStore.Above(poll.device, poll.above))
                .toList();
    }

    private void delivered(Parked poll, @Nullable List<SignedOrder> orders) {
        poll.read = true;
        if (orders != null) {
            remove(poll, orders);
        } else if (poll.over) {
            remove(poll, List.of());
        }
    }

    private void failed(List<Parked> batch, Throwable cause) {
        LOG.warn("waiting instructions could not be read polls={} cause={}", batch.size(), cause.toString());
        for (Parked poll : batch) {
            if (poll.over && parked.remove(poll.device, poll)) {
                count.decrementAndGet();
                poll.answer.tryFail(new Refusal(Fault.UNAVAILABLE, "waiting instructions could not be read", cause));
            } else if (parked.get(poll.device) == poll) {
                unread.add(poll);
            }
        }
        retrying = true;
        Timers.Timer unused = timers.after(
                RETRY,
                () -> onOwner(() -> {
                    retrying = false;
                    read();
                }));
    }

    /** A poll that was never read is answered by its first reading, so that a hold of zero asks at least once. */
    private void timeOver(Parked poll) {
        poll.over = true;
        if (poll.read) {
            remove(poll, List.of());
        }
    }

    private void remove(Parked poll, List<SignedOrder> orders) {
        if (parked.remove(poll.device, poll)) {
            count.decrementAndGet();
            finish(poll, orders);
        }
    }

    private void finish(Parked poll, List<SignedOrder> orders) {
        unread.remove(poll);
        poll.timer.cancel();
        poll.answer.tryComplete(orders);
    }

    /** Polls that have not been read since they came; when there is none, only a notification wakes those parked. */
    Future<Long> unread() {
        Promise<Long> polls = Promise.promise();
        onOwner(() -> polls.complete(
                parked.values().stream().filter(poll -> !poll.read).count()));
        return polls.future();
    }

    /** Sends every poll home empty, and each that comes later. */
    public Future<Void> stop() {
        Promise<Void> done = Promise.promise();
        onOwner(() -> {
            stopped = true;
            List<Parked> all = new ArrayList<>(parked.values());
            parked.clear();
            count.set(0);
            all.forEach(poll -> finish(poll, List.of()));
            done.complete();
        });
        return done.future();
    }

    private void onOwner(Runnable step) {
        if (Vertx.currentContext() == owner) {
            step.run();
        } else {
            owner.runOnContext(ignored -> step.run());
        }
    }

    /** One poll that is held open. */
    private static final class Parked {
        final DeviceId device;
        final long above;
        final Promise<List<SignedOrder>> answer = Promise.promise();
        Timers.Timer timer = () -> {};
        boolean read;
        boolean over;

        Parked(DeviceId device, long above) {
            this.device = device;
            this.above = above;
        }
    }
}
