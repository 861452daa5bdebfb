package io.fairlead.enterprise.status;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.time.Duration;
import java.time.Instant;

/**
 * A piece of time, by when things were observed.
 *
 * @param from inclusive
 * @param to exclusive; at most ten years later
 */
public record Span(Instant from, Instant to) {
    private static final Duration LONGEST = Duration.ofDays(3_653);
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    /** Throws a Refusal(INVALID) that says what is wrong. */
    public Span {
        if (!from.isBefore(to)) {
            throw new Refusal(Fault.INVALID, "the beginning is not before the end");
        }
        if (from.isBefore(FIRST)
                || to.isAfter(LAST)
                || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw new Refusal(Fault.INVALID, "a range lies within 2000 to 2199 and has at most ten years");
        }
    }

    public Duration length() {
        return Duration.between(from, to);
    }
}
