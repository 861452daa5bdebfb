package io.fairlead.enterprise.tunnel;

import io.fairlead.enterprise.kernel.Timers;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The bits a second that one direction of a stream may carry: what is above is read later. A burst of a quarter of a second
 * is free.
 */
final class Pace {
    private static final long BURST_NANOS = Duration.ofMillis(250).toNanos();

    private final Leg sender;
    private final double nanosPerByte;
    private final Timers timers;
    private final LongSupplier nanos;
    private long paidUntil;
    private int resting;

    /** @param bitsPerSecond 0 for as many as there are */
    Pace(Leg sender, long bitsPerSecond, Timers timers, LongSupplier nanos) {
        this.sender = sender;
        this.nanosPerByte = bitsPerSecond == 0 ? 0 : 8e9 / bitsPerSecond;
        this.timers = timers;
        this.nanos = nanos;
        this.paidUntil = nanos.getAsLong();
    }

    /** Pays for bytes; where that is more than is allowed, their sender rests. */
    synchronized void spend(int bytes) {
        if (nanosPerByte == 0) {
            return;
        }
        long now = nanos.getAsLong();
        paidUntil = Math.max(paidUntil, now - BURST_NANOS) + Math.round(bytes * nanosPerByte);
        long ahead = paidUntil - now;
        if (ahead > 0) {
            resting++;
            sender.pause();
            Timers.Timer unusedNeverCancelled =
                    timers.after(Duration.ofNanos(ahead).plusMillis(1), this::rested);
        }
    }

    private synchronized void rested() {
        resting--;
        resume();
    }

    /** Lets it be read on, unless it rests. */
    synchronized void resume() {
        if (resting == 0) {
            sender.resume();
        }
    }
}
