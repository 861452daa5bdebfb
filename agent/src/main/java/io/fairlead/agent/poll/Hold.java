package io.fairlead.agent.poll;

import java.time.Duration;

/**
 * How long polls ask to be held: 50 s, and less where a proxy on the way drops what is silent earlier. Two losses of a
 * parked poll in a row make it three quarters of what it was, or of the time after which the loss came; twenty polls that
 * were held to their end make it 5 s more. One thread's own.
 */
final class Hold {
    static final int MOST_SECONDS = 50;
    static final int LEAST_SECONDS = 10;
    /** A loss that comes sooner has other causes than silence. */
    private static final Duration PARKED = Duration.ofSeconds(5);

    private static final int LOSSES = 2;
    private static final int ENDURED = 20;

    private int seconds = MOST_SECONDS;
    private int losses;
    private int endured;

    int seconds() {
        return seconds;
    }

    /** A poll was answered after so long. */
    void answered(Duration after) {
        losses = 0;
        if (after.toSeconds() >= seconds - 1 && ++endured >= ENDURED) {
            endured = 0;
            seconds = Math.min(MOST_SECONDS, seconds + 5);
        }
    }

    /** The connection was lost, or silent beyond its time, so long after the poll went out. */
    void lost(Duration after) {
        endured = 0;
        if (after.compareTo(PARKED) < 0) {
            return;
        }
        if (++losses >= LOSSES) {
            losses = 0;
            seconds = Math.max(LEAST_SECONDS, (int) Math.min(seconds, after.toSeconds()) * 3 / 4);
        }
    }
}
