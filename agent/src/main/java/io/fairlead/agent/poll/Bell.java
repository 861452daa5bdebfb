package io.fairlead.agent.poll;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes the report loop before its time. A ring that nobody waits for is kept for who comes next. That the enterprise is
 * back after an outage is another ring: it ends the wait between failed tries, which news alone does not. Thread-safe.
 */
public final class Bell {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rings = lock.newCondition();
    private boolean rung;
    private boolean back;

    public void ring() {
        lock.lock();
        try {
            rung = true;
            rings.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The enterprise can be reached again. */
    public void ringBack() {
        lock.lock();
        try {
            back = true;
            rings.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the enterprise is back, for as long as told, or until stopping is asked for and the bell rings. */
    boolean awaitBack(Duration most, Stop stop) throws InterruptedException {
        lock.lock();
        try {
            long left = most.toNanos();
            while (!back && left > 0 && !stop.requested()) {
                left = rings.awaitNanos(left);
            }
            boolean heard = back;
            back = false;
            return heard;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a ring, or for as long as told; takes the ring, and returns whether there was one. */
    boolean await(Duration most) throws InterruptedException {
        lock.lock();
        try {
            long left = most.toNanos();
            while (!rung && left > 0) {
                left = rings.awaitNanos(left);
            }
            boolean heard = rung;
            rung = false;
            return heard;
        } finally {
            lock.unlock();
        }
    }
}
