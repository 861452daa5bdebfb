package io.fairlead.agent.file;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that carry: each takes the oldest transfer that is due and that no other has, and does one step of it. So the
 * oldest go on to their end, so many at once as there are threads, and who waits keeps no thread. Thread-safe.
 */
final class Workers {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final LongSupplier nanos;
    private final Consumer<Carrying> done;
    private final List<Turn> turns = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private boolean stopping;

    /** A transfer, and when it is due. */
    private static final class Turn {
        final Carrying carrying;
        boolean taken;
        long due;

        Turn(Carrying carrying, long due) {
            this.carrying = carrying;
            this.due = due;
        }
    }

    /** @param done called once for each transfer that is over */
    Workers(int parallel, LongSupplier nanos, Consumer<Carrying> done) {
        this.nanos = nanos;
        this.done = done;
        for (int i = 1; i <= parallel; i++) {
            Thread thread = new Thread(this::work, "transfer-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
    }

    void start() {
        threads.forEach(Thread::start);
    }

    synchronized void add(Carrying carrying) {
        turns.add(new Turn(carrying, nanos.getAsLong()));
        notifyAll();
    }

    /** What waits is looked at now. */
    synchronized void wake() {
        long now = nanos.getAsLong();
        turns.forEach(turn -> turn.due = now);
        notifyAll();
    }

    /** Begins no further step, and waits for those that are being taken. Nobody is interrupted. */
    void stop(Duration most) {
        synchronized (this) {
            stopping = true;
            notifyAll();
        }
        long until = nanos.getAsLong() + most.toNanos();
        for (Thread thread : threads) {
            try {
                thread.join(Math.max(1, (until - nanos.getAsLong()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void work() {
        try {
            for (Turn turn = take(); turn != null; turn = take()) {
                Duration wait = Duration.ofMinutes(1);
                try {
                    wait = turn.carrying.step();
                } catch (RuntimeException | Error e) {
                    LOG.error("transfer=bug id={}", turn.carrying.transfer().id(), e);
                } finally {
                    giveBack(turn, wait);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Turn take() throws InterruptedException {
        while (!stopping) {
            long now = nanos.getAsLong();
            Optional<Turn> due = turns.stream()
                    .filter(turn -> !turn.taken && turn.due - now <= 0)
                    .findFirst();
            if (due.isPresent()) {
                due.get().taken = true;
                return due.get();
            }
            long next = turns.stream()
                    .filter(turn -> !turn.taken)
                    .mapToLong(turn -> turn.due - now)
                    .min()
                    .orElse(Duration.ofHours(1).toNanos());
            wait(Math.max(1, next / 1_000_000 + 1));
        }
        return null;
    }

    private void giveBack(Turn turn, Duration wait) {
        boolean over = turn.carrying.over();
        synchronized (this) {
            turn.taken = false;
            turn.due = nanos.getAsLong() + wait.toNanos();
            if (over) {
                turns.remove(turn);
            }
            notifyAll();
        }
        if (over) {
            done.accept(turn.carrying);
        }
    }
}
