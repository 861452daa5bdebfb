package io.fairlead.enterprise.notification;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: 5 seconds, doubled each time up to an hour, and of that a random half to the whole. */
final class BackOff {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 10;

    private final RandomGenerator random;

    BackOff(RandomGenerator random) {
        this.random = random;
    }

    /** @param before how many tries failed before this one */
    Duration after(int before) {
        long whole = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(MOST_DOUBLINGS, before));
        return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
    }
}
