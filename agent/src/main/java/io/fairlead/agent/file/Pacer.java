package io.fairlead.agent.file;

import io.fairlead.agent.link.Pace;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Keeps all transfers together, in both directions, below the customer's rate: bytes go in small slices, each when the time
 * for those before it is over. Below a rate at which two chunks at once would each crawl, chunks go one after the other: the
 * enterprise cuts what comes slower than 4 KB/s. Thread-safe.
 */
final class Pacer {
    /** What TLS records, TCP and IP add, so that the line sees no more than the customer allows: about one in 25. */
    private static final long OVERHEAD_NUMERATOR = 26;

    private static final long OVERHEAD_DENOMINATOR = 25;
    private static final long ALONE_BELOW = 131_072;
    private static final int UNPACED_SLICE = 16_384;

    private final OptionalLong rate;
    private final LongSupplier nanos;
    private final Sleep sleep;
    private final Semaphore alone = new Semaphore(1, true);
    private long free;

    /** Waits. Handed in, so that a test need not. */
    @FunctionalInterface
    interface Sleep {
        void sleep(long nanos) throws InterruptedException;
    }

    /** @param rate bytes a second; empty: as fast as the line is */
    Pacer(OptionalLong rate, LongSupplier nanos, Sleep sleep) {
        this.rate = rate;
        this.nanos = nanos;
        this.sleep = sleep;
        this.free = nanos.getAsLong();
    }

    /** Something that moves one chunk. */
    @FunctionalInterface
    interface Chunk<T, E extends Exception> {
        T move(Pace pace) throws E;
    }

    /**
     * Moves a chunk at the rate.
     *
     * @param wanted asked before each slice; when no longer, the exchange ends with an IOException
     */
    <T, E extends Exception> T move(BooleanSupplier wanted, Chunk<T, E> chunk) throws E {
        boolean oneAtATime = rate.isPresent() && rate.getAsLong() < ALONE_BELOW;
        if (!oneAtATime) {
            return chunk.move(pace(wanted));
        }
        alone.acquireUninterruptibly();
        try {
            return chunk.move(pace(wanted));
        } finally {
            alone.release();
        }
    }

    private Pace pace(BooleanSupplier wanted) {
        int slice = rate.isEmpty() ? UNPACED_SLICE : (int) Math.max(512, Math.min(UNPACED_SLICE, rate.getAsLong() / 8));
        return new Pace() {
            @Override
            public int slice() {
                return slice;
            }

            @Override
            public void pass(int bytes) throws IOException {
                if (!wanted.getAsBoolean()) {
                    throw new InterruptedIOException("no longer wanted");
                }
                if (rate.isPresent()) {
                    await(turn(bytes, rate.getAsLong()));
                }
            }
        };
    }

    /** When these bytes may go; those after them may when the time for these is over. */
    private synchronized long turn(int bytes, long perSecond) {
        long mine = Math.max(free, nanos.getAsLong());
        free = mine + bytes * 1_000_000_000L / perSecond * OVERHEAD_NUMERATOR / OVERHEAD_DENOMINATOR;
        return mine;
    }

    private void await(long time) throws IOException {
        try {
            for (long left = time - nanos.getAsLong(); left > 0; left = time - nanos.getAsLong()) {
                sleep.sleep(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
