package io.fairlead.perf.growth;

import java.time.Duration;

/**
 * How much is done at each size.
 *
 * @param span how long a fleet is watched at rest; a third of it warms the server, a sixth is pressed
 * @param period from one report of an agent to its next, whole seconds
 * @param pressing devices that report without a pause
 */
record Effort(Duration span, Duration period, int pressing) {
    private static final Duration SHORTEST = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final int MOST_PRESSING = 2_000;

    /** @throws IllegalArgumentException for what is out of range, with a text for people */
    Effort {
        if (span.compareTo(SHORTEST) < 0 || span.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("--for takes 3s to 30m");
        }
        if (period.compareTo(span) > 0) {
            throw new IllegalArgumentException("--every is at most as long as --for: each agent reports once at least");
        }
        if (pressing < 1 || pressing > MOST_PRESSING) {
            throw new IllegalArgumentException("--pressing takes 1 to " + MOST_PRESSING);
        }
    }

    Duration warming() {
        return span.dividedBy(3);
    }

    Duration press() {
        return span.dividedBy(6);
    }

    /** As options of the command line. */
    String told() {
        return "--for %ds --every %ds --pressing %d".formatted(span.toSeconds(), period.toSeconds(), pressing);
    }
}
