package io.fairlead.agent.remote;

import io.fairlead.statements.SessionService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * What was agreed to, as long as it holds: it is over when the PC's clock or the monotonic one says so, whichever is first,
 * and when either has jumped by more than 30 s between two looks: a PC that slept, or a clock that was set. Once over it
 * stays so. To be looked at every second or so. Thread-safe.
 */
final class Grant {
    static final Duration LONGEST_GAP = Duration.ofSeconds(30);

    private Receipts.Signed signed;
    private final Clock clock;
    private final LongSupplier nanos;
    private final long endNanos;
    private long lastNanos;
    private Instant lastWall;
    private boolean over;

    /** @param sinceNanos of the decision */
    Grant(Receipts.Signed signed, Clock clock, LongSupplier nanos, long sinceNanos) {
        this.signed = signed;
        this.clock = clock;
        this.nanos = nanos;
        this.endNanos = sinceNanos
                + Duration.between(signed.receipt().at(), signed.receipt().until())
                        .toNanos();
        this.lastNanos = sinceNanos;
        this.lastWall = signed.receipt().at();
    }

    synchronized Receipts.Signed signed() {
        return signed;
    }

    /** Takes the same receipt as it is signed now. */
    synchronized void signedAgain(Receipts.Signed again) {
        signed = again;
    }

    synchronized boolean over() {
        long ticks = nanos.getAsLong();
        Instant wall = clock.instant();
        over = over
                || ticks - endNanos >= 0
                || !wall.isBefore(signed.receipt().until())
                || ticks - lastNanos > LONGEST_GAP.toNanos()
                || Duration.between(lastWall, wall).abs().compareTo(LONGEST_GAP) > 0;
        lastNanos = ticks;
        lastWall = wall;
        return over;
    }

    /** Whether this use is agreed to now. */
    boolean allows(SessionService wanted) {
        return !over() && signed().receipt().grants(wanted, clock.instant());
    }
}
