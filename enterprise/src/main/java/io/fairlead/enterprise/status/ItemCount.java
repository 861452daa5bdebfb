package io.fairlead.enterprise.status;

import java.time.Duration;
import java.time.Instant;

/**
 * How many items a device has, and whether it may have more: 500 at most; beyond the first hundred, and after the
 * device's first day, ten new ones an hour.
 *
 * @param first when its first item came; the time of asking for a device without items
 */
record ItemCount(int items, int lastHour, Instant first) {
    private static final int MOST = 500;
    private static final int FREE = 100;
    private static final int AN_HOUR = 10;
    private static final Duration FIRST_DAY = Duration.ofDays(1);

    boolean takes(int more, Instant now) {
        if (items + more > MOST) {
            return false;
        }
        return items + more <= FREE || now.isBefore(first.plus(FIRST_DAY)) || lastHour + more <= AN_HOUR;
    }

    ItemCount and(int more) {
        return new ItemCount(items + more, lastHour + more, first);
    }
}
