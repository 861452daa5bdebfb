package io.fairlead.demo;

import java.util.random.RandomGenerator;

/** A measured value that wanders within bounds, as temperatures and volumes do. */
final class Drift {
    private final RandomGenerator random;
    private final double low;
    private final double high;
    private final double step;
    private double value;

    /** @param step the most that it moves in a second */
    Drift(RandomGenerator random, double low, double high, double step) {
        this.random = random;
        this.low = low;
        this.high = high;
        this.step = step;
        this.value = (low + high) / 2;
    }

    double next() {
        value = Math.max(low, Math.min(high, value + random.nextDouble(-step, step)));
        return value;
    }
}
