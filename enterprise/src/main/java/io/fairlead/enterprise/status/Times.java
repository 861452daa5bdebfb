package io.fairlead.enterprise.status;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.time.Duration;
import java.time.Instant;

/**
 * What a device's clock says, and what it means here. A clock that is off by more than two seconds is corrected by its
 * offset; less is the time of the journey.
 */
final class Times {
    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");
    private static final Duration TRUSTED = Duration.ofSeconds(2);
    private static final Duration TRUSTED_BEHIND = TRUSTED.negated();
    private static final Duration OLDEST = Duration.ofDays(400);
    private static final Duration AHEAD = Duration.ofDays(1);

    private Times() {}

    /** A time that can be reckoned with and stored; whether it is plausible is another question. */
    static void check(String element, Instant time) {
        if (!storable(time)) {
            throw new Refusal(Fault.INVALID, element + " is no time of these centuries");
        }
    }

    /** Whether PostgreSQL can keep it, and so can everyone who reads it: of the years 1900 to 9998. */
    static boolean storable(Instant time) {
        return !time.isBefore(FIRST) && !time.isAfter(LAST);
    }

    /** The same moment, or the nearest that PostgreSQL can keep: for bounds of what is searched. */
    static Instant within(Instant time) {
        return time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
    }

    /** What is to be taken off the device's times, given its clock minus ours. */
    static Duration correction(Duration offset) {
        return offset.compareTo(TRUSTED) > 0 || offset.compareTo(TRUSTED_BEHIND) < 0 ? offset : Duration.ZERO;
    }

    /** Whether something can have been observed then: at most 400 days ago, and not a day ahead. */
    static boolean plausible(Instant corrected, Instant now) {
        return !corrected.isBefore(now.minus(OLDEST)) && !corrected.isAfter(now.plus(AHEAD));
    }
}
