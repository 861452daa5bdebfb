package io.fairlead.enterprise.status;

import java.time.Duration;
import java.util.List;

/** Widths of buckets that people know from clocks and calendars. */
final class Steps {
    private static final List<Duration> KNOWN = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofDays(1),
            Duration.ofDays(2),
            Duration.ofDays(7));

    private Steps() {}

    /** The narrowest that divides a time into at most so many. */
    static Duration of(Duration length, int most) {
        for (Duration step : KNOWN) {
            if (step.multipliedBy(most).compareTo(length) >= 0) {
                return step;
            }
        }
        return KNOWN.get(KNOWN.size() - 1);
    }
}
