package io.fairlead.agent.consent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A PC's two clocks, which stand still until a test moves one or both. */
final class HeldTime extends Clock {
    static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private volatile Instant wall = START;
    private volatile long nanos = -7;

    void pass(Duration time) {
        sleep(time);
        nanos += time.toNanos();
    }

    /** The PC sleeps: the monotonic clock stands still. */
    void sleep(Duration time) {
        wall = wall.plus(time);
    }

    /** Somebody sets the PC's clock back, and the time passes. */
    void passUnseen(Duration time) {
        nanos += time.toNanos();
        wall = wall.minus(time);
    }

    long nanos() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return wall;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
