package io.fairlead.agent.remote;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Two clocks that stand still until a test moves them, and count how often they are looked at. */
final class SteppedTime extends Clock {
    private Instant wall = Instant.now();
    private long nanos = 5;
    private long looks;

    synchronized void pass(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    synchronized void wallOnly(Duration time) {
        wall = wall.plus(time);
    }

    synchronized void nanosOnly(Duration time) {
        nanos += time.toNanos();
    }

    synchronized long nanos() {
        looks++;
        notifyAll();
        return nanos;
    }

    /** Until somebody has looked twice: one look may have begun before. */
    synchronized void untilLooked() throws InterruptedException {
        long wanted = looks + 9;
        while (looks < wanted) {
            wait();
        }
    }

    @Override
    public synchronized Instant instant() {
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
