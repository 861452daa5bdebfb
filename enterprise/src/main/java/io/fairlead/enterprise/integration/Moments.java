package io.fairlead.enterprise.integration;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times that callers say: PostgreSQL does not know all years that the contract has. */
final class Moments {
    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    private Moments() {}

    /** A bound of what is searched: the same, or the nearest that there is. */
    static @Nullable Instant bound(@Nullable Instant time) {
        if (time == null) {
            return null;
        }
        return time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
    }

    /** One that is to be kept; Refusal(INVALID) when it cannot be. */
    static Instant stored(@Nullable Instant time) {
        if (time == null || time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new Refusal(Fault.INVALID, "no time of these centuries");
        }
        return time;
    }
}
