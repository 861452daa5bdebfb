package io.fairlead.enterprise.account;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.time.Duration;

/**
 * How long a new password is taken, and those before it beside it.
 *
 * @param days 1 to {@value #LONGEST} of the new one
 * @param overlapDays 0 to {@value #LONGEST_OVERLAP}; with 0 the old ones end at once
 */
public record Lifetime(int days, int overlapDays) {
    public static final int LONGEST = 1_095;
    public static final int USUAL = 365;
    public static final int LONGEST_OVERLAP = 90;
    public static final int USUAL_OVERLAP = 7;

    /** Throws Refusal(INVALID). */
    public Lifetime {
        if (days < 1 || days > LONGEST) {
            throw new Refusal(Fault.INVALID, "a password lasts 1 to " + LONGEST + " days");
        }
        if (overlapDays < 0 || overlapDays > LONGEST_OVERLAP) {
            throw new Refusal(
                    Fault.INVALID, "an old password lasts 0 to " + LONGEST_OVERLAP + " days beside a new one");
        }
    }

    Duration life() {
        return Duration.ofDays(days);
    }

    Duration overlap() {
        return Duration.ofDays(overlapDays);
    }

    boolean endsOldAtOnce() {
        return overlapDays == 0;
    }
}
