package io.fairlead.perf.fleet;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long an agent waits after failures in a row, as agents do: between nothing and 1 s, 2 s, 4 s … 60 s, and what the
 * enterprise asks for before that.
 */
final class Backoff {
    private static final int MOST_SECONDS = 60;
    private static final int MOST_ASKED_SECONDS = 3_600;
    private static final int QUIET_SECONDS = 300;
    private static final int HELD_SECONDS = 60;
    private static final long MILLIS = 1_000;

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** @param asked seconds; 0 for none */
    Duration next(int asked) {
        int ceiling = Math.min(MOST_SECONDS, 1 << Math.min(failures, 10));
        failures++;
        return after(asked, ceiling);
    }

    /** Where only a person can help. */
    Duration quiet(int asked) {
        failures = 10;
        return after(asked > 0 ? asked : QUIET_SECONDS / 2, QUIET_SECONDS);
    }

    /** While two hold this identity. */
    Duration held(int asked) {
        return Duration.ofSeconds(asked > 0 ? asked : HELD_SECONDS);
    }

    private Duration after(int asked, int ceilingSeconds) {
        long jitter = (long) (ceilingSeconds * MILLIS * random.nextDouble());
        return Duration.ofMillis(Math.min(asked, MOST_ASKED_SECONDS) * MILLIS + jitter);
    }

    void reset() {
        failures = 0;
    }
}
