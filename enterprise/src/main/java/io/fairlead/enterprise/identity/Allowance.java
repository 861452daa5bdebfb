package io.fairlead.enterprise.identity;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** So many a minute, so that strangers cannot fill the audit. */
final class Allowance {
    private final Clock clock;
    private final int perMinute;
    private Instant minute = Instant.EPOCH;
    private int taken;

    Allowance(Clock clock, int perMinute) {
        this.clock = clock;
        this.perMinute = perMinute;
    }

    synchronized boolean take() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        if (!now.equals(minute)) {
            minute = now;
            taken = 0;
        }
        return taken++ < perMinute;
    }
}
