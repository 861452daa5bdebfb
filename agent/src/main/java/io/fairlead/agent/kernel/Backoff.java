package io.fairlead.agent.kernel;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * How long to wait after failures in a row: full jitter, so that a fleet does not come back as one. The wait is random
 * between nothing and 1 s, 2 s, 4 s … 60 s: after a long outage 10,000 agents come back at 170 a second, within
 * a minute. What the enterprise asks for is waited out first. One thread's own.
 */
public final class Backoff {
    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration MOST = Duration.ofMinutes(1);
    static final Duration QUIET = Duration.ofMinutes(5);
    /** A server may ask for patience, not for silence for ever. */
    static final Duration MOST_ASKED = Duration.ofHours(1);

    private final DoubleSupplier random;
    private int failures;

    /** @param random from 0 to 1 */
    public Backoff(DoubleSupplier random) {
        this.random = random;
    }

    /** The wait after one more failure. */
    public Duration next(Optional<Duration> asked) {
        long ceiling = Math.min(MOST.toMillis(), FIRST.toMillis() << Math.min(failures, 20));
        failures++;
        return next(asked, ceiling);
    }

    private Duration next(Optional<Duration> asked, long ceiling) {
        Duration jitter = Duration.ofMillis((long) (ceiling * random.getAsDouble()));
        Duration patience = asked.orElse(Duration.ZERO);
        return (patience.compareTo(MOST_ASKED) > 0 ? MOST_ASKED : patience).plus(jitter);
    }

    /** The wait where only a person can help: long, and no longer each time. */
    public Duration quiet(Optional<Duration> asked) {
        failures = 20;
        return next(Optional.of(asked.orElse(QUIET.dividedBy(2))), QUIET.toMillis());
    }

    /** After a success the first failure is the first again. */
    public void reset() {
        failures = 0;
    }
}
