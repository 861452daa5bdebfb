package io.fairlead.enterprise.kernel;

import java.time.Duration;

/**
 * Runs a step when it is asked to: at once after a pause, else when the pause since the last run is over. However often it
 * is asked, it runs once a pause, and never loses the last asking. For several threads.
 */
public final class Paced {
    private final Timers timers;
    private final Duration pause;
    private final Runnable step;

    private boolean resting;
    private boolean asked;

    public Paced(Timers timers, Duration pause, Runnable step) {
        this.timers = timers;
        this.pause = pause;
        this.step = step;
    }

    /** Asks for a run; it may happen within this call. */
    public void ask() {
        synchronized (this) {
            asked = true;
            if (resting) {
                return;
            }
        }
        run();
    }

    private void run() {
        synchronized (this) {
            if (!asked) {
                resting = false;
                return;
            }
            asked = false;
            resting = true;
        }
        Timers.Timer unused = timers.after(pause, this::run);
        step.run();
    }
}
