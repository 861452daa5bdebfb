package io.fairlead.agent.link;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Keeps one direction of all streams together below the customer's rate: bytes go in slices of an eighth of a second at most,
 * each when the time for those before it is over. Thread-safe.
 */
final class StreamPace implements Pace {
    private static final int MOST_SLICE = 16 * 1024;
    /** What frames, TLS, TCP and IP add: about one in 25. */
    private static final double OVERHEAD = 1.04;

    private final OptionalLong rate;
    private final LongSupplier nanos;
    private final Sleep sleep;
    private long free;

    /** Waits. Handed in, so that a test need not. */
    @FunctionalInterface
    interface Sleep {
        void sleep(long nanos) throws InterruptedException;
    }

    /** @param rate bits a second; empty: as many as there are */
    StreamPace(OptionalLong rate, LongSupplier nanos, Sleep sleep) {
        this.rate = rate;
        this.nanos = nanos;
        this.sleep = sleep;
        this.free = nanos.getAsLong();
    }

    @Override
    public int slice() {
        return rate.isEmpty() ? Integer.MAX_VALUE : (int) Math.min(MOST_SLICE, rate.getAsLong() / 64);
    }

    @Override
    public void pass(int bytes) throws IOException {
        if (rate.isEmpty()) {
            return;
        }
        try {
            long wait = turn(bytes, rate.getAsLong()) - nanos.getAsLong();
            if (wait > 0) {
                sleep.sleep(wait);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** When these bytes may go. */
    private synchronized long turn(int bytes, long bitsPerSecond) {
        long mine = Math.max(free, nanos.getAsLong());
        free = mine + Math.round(bytes * 8e9 * OVERHEAD / bitsPerSecond);
        return mine;
    }
}
