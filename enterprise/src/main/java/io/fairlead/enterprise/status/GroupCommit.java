package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what arrives within a few milliseconds, or while earlier groups are being written, into groups that are
 * committed together.
 *
 * <pre>
 *   submit ─▶ queue ──▶ group ──▶ write ─ committed ─▶ answered
 *     │         │          ▲        │ failed for the state of the world
 *     │ full:   │ patience │        ▼
 *     ▼ BUSY    ▼ is over: └─── back-off, until nobody waits any more
 *            UNAVAILABLE
 * </pre>
 *
 * Of each device at most one slice is being written, so that its messages keep their order, and one waits.
 *
 * <p>One event loop owns the queue, so there are no locks; calls from elsewhere hop to it.
 */
final class GroupCommit {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(20);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(1);
    /** Of messages that wait or are being written: so many small ones cost less than a few large ones. */
    static final long MOST_BYTES = 64 << 20;

    private static final Duration SWEEP = Duration.ofMillis(500);

    private final Context owner;
    private final Writer writer;
    private final Timers timers;
    private final Clock clock;
    private final StatusSettings settings;
    private final StatusMetrics metrics;

    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final Set<DeviceId> queued = new HashSet<>();
    private final Set<Waiting> writing = new HashSet<>();
    private final Set<DeviceId> writingDevices = new HashSet<>();
    private int queuedMessages;
    private long heldBytes;
    private int groups;
    private boolean lingering;
    private boolean sweeping;
    private @Nullable Promise<Void> stopped;

    GroupCommit(
            Context owner, Writer writer, Timers timers, Clock clock, StatusSettings settings, StatusMetrics metrics) {
        this.owner = owner;
        this.writer = writer;
        this.timers = timers;
        this.clock = clock;
        this.settings = settings;
        this.metrics = metrics;
    }

    /** Succeeds when the slice is committed. Fails with Refusal: BUSY, STOPPING, UNAVAILABLE. */
    Future<SliceOutcome> submit(Slice slice) {
        Waiting waiting = new Waiting(slice, clock.instant());
        onOwner(() -> admit(waiting));
        return waiting.answer.future();
    }

    private void admit(Waiting waiting) {
        if (stopped != null) {
            waiting.refuse(Fault.STOPPING, "no more reports are taken");
        } else if (queuedMessages + waiting.weight() > settings.queue()) {
            waiting.refuse(Fault.BUSY, "queued=" + queuedMessages);
        } else if (heldBytes + waiting.bytes > MOST_BYTES) {
            waiting.refuse(Fault.BUSY, "bytes=" + heldBytes);
        } else if (!queued.add(waiting.device())) {
            waiting.refuse(Fault.BUSY, "device=" + waiting.device() + " has a report waiting already");
        } else {
            queue.add(waiting);
            heldBytes += waiting.bytes;
            weigh(waiting.weight());
            sweepLater();
            pump(settings.linger().isZero());
        }
    }

    private void weigh(int messages) {
        queuedMessages += messages;
        metrics.queued(queuedMessages);
    }

    /**
     * Starts as many groups as it may.
     *
     * @param ready whether what is queued has waited long enough
     */
    private void pump(boolean ready) {
        while (groups < settings.groups() && !queue.isEmpty()) {
            if (!ready && queuedMessages < settings.group()) {
                linger();
                return;
            }
            List<Waiting> group = nextGroup();
            if (group.isEmpty()) {
                return; // all of them wait for an earlier slice of their device
            }
            groups++;
            write(group, FIRST_BACK_OFF);
        }
    }

    private void linger() {
        if (!lingering) {
            lingering = true;
            Timers.Timer unused = timers.after(
                    settings.linger(),
                    () -> onOwner(() -> {
                        lingering = false;
                        pump(true);
                    }));
        }
    }

    private List<Waiting> nextGroup() {
        List<Waiting> group = new ArrayList<>();
        int messages = 0;
        Iterator<Waiting> waiting = queue.iterator();
        while (waiting.hasNext() && messages < settings.group()) {
            Waiting next = waiting.next();
            if (writingDevices.contains(next.device())) {
                continue;
            }
            if (messages > 0 && messages + next.weight() > settings.group()) {
                break;
            }
            waiting.remove();
            queued.remove(next.device());
            weigh(-next.weight());
            writing.add(next);
            writingDevices.add(next.device());
            messages += next.weight();
            group.add(next);
        }
        group.sort(Comparator.comparing(Waiting::device));
        return group;
    }

    private void write(List<Waiting> group, Duration backOff) {
        List<Slice> slices = group.stream().map(waiting -> waiting.slice).toList();
        StatusMetrics.Commit commit = metrics.commit();
        writer.write(slices)
                .onComplete(result -> onOwner(() -> {
                    if (result.succeeded()) {
                        commit.done();
                        committed(group, result.result());
                    } else {
                        failed(group, backOff, result.cause());
                    }
                }));
    }

    private void committed(List<Waiting> group, List<SliceOutcome> outcomes) {
        for (int i = 0; i < group.size(); i++) {
            metrics.settled(outcomes.get(i));
        }
        release(group);
        for (int i = 0; i < group.size(); i++) {
            group.get(i).answer.tryComplete(outcomes.get(i));
        }
    }

    /** Nothing is known of such a group, not even that it is not committed; the streams will tell. */
    private void failed(List<Waiting> group, Duration backOff, Throwable cause) {
        metrics.failed();
        LOG.warn("group failed reports={} cause={}", group.size(), GroupFailure.name(cause));
        if (group.stream().allMatch(Waiting::answered)) {
            release(group);
            return;
        }
        Timers.Timer unused = timers.after(
                backOff,
                () -> onOwner(() -> {
                    List<Waiting> open = group.stream()
                            .filter(waiting -> !waiting.answered())
                            .toList();
                    release(group.stream().filter(Waiting::answered).toList(), open.isEmpty());
                    if (!open.isEmpty()) {
                        write(open, longer(backOff));
                    }
                }));
    }

    private static Duration longer(Duration backOff) {
        Duration twice = backOff.multipliedBy(2);
        return twice.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : twice;
    }

    private void release(List<Waiting> group) {
        release(group, true);
    }

    private void release(List<Waiting> done, boolean groupOver) {
        for (Waiting waiting : done) {
            if (writing.remove(waiting)) {
                heldBytes -= waiting.bytes;
            }
            writingDevices.remove(waiting.device());
        }
        if (groupOver) {
            groups--;
        }
        pump(true);
        if (stopped != null && groups == 0 && queue.isEmpty()) {
            stopped.tryComplete();
        }
    }

    private void sweepLater() {
        if (!sweeping) {
            sweeping = true;
            Timers.Timer unused = timers.after(SWEEP, () -> onOwner(this::sweep));
        }
    }

    /** Sends home who has waited too long. What is being written stays in its group until its fate is known. */
    private void sweep() {
        sweeping = false;
        Instant latest = clock.instant().minus(settings.patience());
        Iterator<Waiting> waiting = queue.iterator();
        while (waiting.hasNext()) {
            Waiting next = waiting.next();
            if (!next.since.isAfter(latest)) {
                waiting.remove();
                queued.remove(next.device());
                weigh(-next.weight());
                heldBytes -= next.bytes;
                next.refuse(Fault.UNAVAILABLE, "device=" + next.device() + " waited in the queue");
            }
        }
        for (Waiting next : writing) {
            if (!next.since.isAfter(latest)) {
                next.refuse(Fault.UNAVAILABLE, "device=" + next.device() + " could not be committed");
            }
        }
        if (!queue.isEmpty() || !writing.isEmpty()) {
            sweepLater();
        }
    }

    /** Takes no more and succeeds when all that was taken is answered. */
    Future<Void> stop() {
        Promise<Void> done = Promise.promise();
        onOwner(() -> {
            if (stopped == null) {
                stopped = Promise.promise();
            }
            stopped.future().onComplete(done);
            pump(true);
            if (groups == 0 && queue.isEmpty()) {
                stopped.tryComplete();
            }
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

    /** A slice and whoever waits for its commit. */
    private static final class Waiting {
        final Slice slice;
        final Instant since;
        final long bytes;
        final Promise<SliceOutcome> answer = Promise.promise();

        Waiting(Slice slice, Instant since) {
            this.slice = slice;
            this.since = since;
            this.bytes = slice.bytes();
        }

        DeviceId device() {
            return slice.device();
        }

        /** An empty report is work as well. */
        int weight() {
            return Math.max(1, slice.messages().size());
        }

        boolean answered() {
            return answer.future().isComplete();
        }

        void refuse(Fault fault, String detail) {
            answer.tryFail(new Refusal(fault, detail));
        }
    }
}
