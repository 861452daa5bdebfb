package io.fairlead.agent.companion;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** The monotonic clock, which a test puts forward; whoever looks at it then does not hear of it before the test says so. */
final class LateTime {
    private final AtomicLong ahead = new AtomicLong();
    private volatile CountDownLatch noticed = new CountDownLatch(0);

    long nanos() {
        try {
            noticed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return System.nanoTime() + ahead.get();
    }

    void passUnnoticed(Duration time) {
        noticed = new CountDownLatch(1);
        long unused = ahead.addAndGet(time.toNanos());
    }

    void notice() {
        noticed.countDown();
    }
}
