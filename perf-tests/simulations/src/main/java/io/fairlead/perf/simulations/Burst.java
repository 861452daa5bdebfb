package io.fairlead.perf.simulations;

import io.fairlead.contract.agent.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * An ordinary day, but from one moment to another every instrument has a message a second, each of which raises five alarms
 * or clears those of the one before: a power cut in a hospital, or a bad batch of reagent everywhere.
 *
 * @param ordinary what it is before and after
 */
record Burst(Rhythm ordinary, Duration from, Duration to) implements Rhythm {
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final int ALARMS = 5;

    @Override
    public Duration first(RandomGenerator random) {
        return earlier(ordinary.first(random), from);
    }

    @Override
    public Duration next(Duration elapsed, RandomGenerator random) {
        Duration next = ordinary.next(elapsed, random);
        if (elapsed.compareTo(to) >= 0) {
            return next;
        }
        // All at the same moment, as at a power cut.
        return elapsed.compareTo(from) < 0 ? earlier(next, from.minus(elapsed)) : BETWEEN;
    }

    private static Duration earlier(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public List<Change> changes(Duration elapsed, long number, RandomGenerator random) {
        if (elapsed.compareTo(from) < 0 || elapsed.compareTo(to) >= 0) {
            return ordinary.changes(elapsed, number, random);
        }
        List<Change> changes = new ArrayList<>();
        long pair = (number + 1) / 2;
        for (int i = 0; i < ALARMS; i++) {
            changes.add(new Change("E-" + (300 + (pair * ALARMS + i) % 100), Severity.ERROR, number % 2 == 1));
        }
        return changes;
    }
}
