package io.fairlead.agent.poll;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks the loops to end after the step they are at. Nobody is interrupted: an interrupt would close the files that a
 * thread is writing to. Thread-safe.
 */
public final class Stop {
    private final CountDownLatch asked = new CountDownLatch(1);

    public void request() {
        asked.countDown();
    }

    public boolean requested() {
        return asked.getCount() == 0;
    }

    /** Waits so long, or until stopping is asked for; returns whether it is. */
    public boolean await(Duration most) throws InterruptedException {
        return asked.await(most.toNanos(), TimeUnit.NANOSECONDS);
    }
}
