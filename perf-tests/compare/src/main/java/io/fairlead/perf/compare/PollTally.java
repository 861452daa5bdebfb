package io.fairlead.perf.compare;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What became of polls, counted over all devices of a load. */
final class PollTally {
    private static final int FEW = 3;

    /** Polls that are held now. */
    final AtomicInteger parked = new AtomicInteger();
    /** Answers that came at once, to who asked not to be held. */
    final AtomicInteger taken = new AtomicInteger();
    /** Refusals with Retry-After. */
    final AtomicInteger putOff = new AtomicInteger();
    /** Polls whose connection was closed before an answer, and that were sent again over another. */
    final AtomicInteger hungUp = new AtomicInteger();
    /** Devices that came to grief in any other way; they are left alone. */
    final AtomicInteger failed = new AtomicInteger();
    /** When each instruction came, by System.nanoTime. */
    final LinkedBlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();

    /** The polls that are held go on being so. */
    void begin() {
        taken.set(0);
        putOff.set(0);
        hungUp.set(0);
        failed.set(0);
        arrivals.clear();
    }

    void fail(String device, String why) {
        if (failed.incrementAndGet() <= FEW) {
            System.err.println(device + ": " + why);
        }
    }
}
