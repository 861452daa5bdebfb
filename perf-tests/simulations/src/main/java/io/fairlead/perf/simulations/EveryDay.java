package io.fairlead.perf.simulations;

import io.fairlead.contract.agent.Severity;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A message a period, within a tenth of it, the fleet spread evenly over it. One message in twenty raises an alarm, and
 * the next one clears it.
 */
record EveryDay(Duration period) implements Rhythm {
    private static final int ALARM_EACH = 20;

    @Override
    public Duration first(RandomGenerator random) {
        return part(period, random.nextDouble());
    }

    @Override
    public Duration next(Duration elapsed, RandomGenerator random) {
        return part(period, 0.9 + 0.2 * random.nextDouble());
    }

    @Override
    public List<Change> changes(Duration elapsed, long number, RandomGenerator random) {
        long turn = number % ALARM_EACH;
        return turn == 1 || turn == 2
                ? List.of(new Change("E-" + (200 + number / ALARM_EACH % 20), Severity.WARNING, turn == 1))
                : List.of();
    }

    static Duration part(Duration whole, double share) {
        return Duration.ofNanos((long) (whole.toNanos() * share));
    }
}
