package io.fairlead.demo;

import java.util.random.RandomGenerator;

/**
 * When an instrument has its fault: for the first time soon, so that a short demo shows one, and then every few minutes.
 *
 * <pre>
 *   quiet ─ its time comes ─▶ RAISED (this second) ─▶ present ─ 20 to 60 s ─▶ CLEARED (this second) ─▶ quiet, 2 to 5 min
 * </pre>
 */
final class FaultCycle {
    /** What this second brings. */
    enum Turn {
        QUIET,
        RAISED,
        PRESENT,
        CLEARED
    }

    private final RandomGenerator random;
    private boolean present;
    private int left;

    /** @param first seconds until the first fault */
    FaultCycle(RandomGenerator random, int first) {
        this.random = random;
        this.left = first;
    }

    Turn next() {
        if (--left > 0) {
            return present ? Turn.PRESENT : Turn.QUIET;
        }
        present = !present;
        left = present ? random.nextInt(20, 60) : random.nextInt(120, 300);
        return present ? Turn.RAISED : Turn.CLEARED;
    }
}
