package io.fairlead.agent.app;

import io.fairlead.agent.poll.Stop;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Watches that the loops make steps: one that hangs in the network or a disk takes the agent down, and the watchdog brings
 * it up anew.
 */
final class Liveness implements Runnable {
    /** A command or a diagnostic of the customer's may take ten minutes, and is one step. */
    static final Duration LONGEST_STEP = Duration.ofMinutes(11);

    static final Duration LOOK_EVERY = Duration.ofSeconds(30);

    private final Map<String, Long> lastSteps = new ConcurrentHashMap<>();
    private final LongSupplier nanos;
    private final Stop stop;
    private final Consumer<String> stalled;
    private long lookedAt;

    /** @param stalled called once with the name of a loop that makes no steps */
    Liveness(LongSupplier nanos, Stop stop, Consumer<String> stalled) {
        this.nanos = nanos;
        this.stop = stop;
        this.stalled = stalled;
        this.lookedAt = nanos.getAsLong();
    }

    /** A sign of life for a loop, which is watched from now on. */
    Runnable pulse(String loop) {
        Runnable pulse = () -> lastSteps.put(loop, nanos.getAsLong());
        pulse.run();
        return pulse;
    }

    @Override
    public void run() {
        try {
            while (!stop.await(LOOK_EVERY)) {
                Optional<String> hanging = look();
                if (hanging.isPresent()) {
                    stalled.accept(hanging.get());
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The loop that makes no steps, if any. After a sleep of the PC everybody gets time to wake up. */
    Optional<String> look() {
        long now = nanos.getAsLong();
        long gap = now - lookedAt;
        lookedAt = now;
        if (gap > LOOK_EVERY.multipliedBy(4).toNanos()) {
            lastSteps.replaceAll((loop, step) -> now);
            return Optional.empty();
        }
        return lastSteps.entrySet().stream()
                .filter(entry -> now - entry.getValue() > LONGEST_STEP.toNanos())
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
