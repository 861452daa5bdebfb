package io.fairlead.agent.poll;

import io.fairlead.agent.link.LinkException.Loss;
import java.time.Duration;

/**
 * How long polls ask to be held: 50 s, and less where something on the way forgets what is silent earlier.
 * <pre>
 *            two losses of a parked poll             each loss: shorter
 *   STEADY ────────────────────────────▶ SEARCHING ─────────────────┐
 *     ▲ │                                 ▲   │ └────────────────────┘
 *     │ │                                 └───┼── (never below 3 s)
 *     │ └──────────── endured ────────────────┘
 *     │   endured for the patience: longer by half
 *     └──▶ TRYING ── endured three times: that is good, and a longer one is tried, up to 50 s
 *             └───── lost: back to what was good, and twice the patience (10 min … 6 h)
 * </pre>
 * A loss in silence leaves half of the time; one by a hang-up three quarters of the time after which it came. One thread's
 * own; time is only what it is told.
 */
final class Hold {
    static final int MOST_SECONDS = 50;
    static final int LEAST_SECONDS = 3;
    static final Duration FIRST_PATIENCE = Duration.ofMinutes(10);
    static final Duration MOST_PATIENCE = Duration.ofHours(6);
    /** A loss that comes sooner has other causes than silence. */
    private static final Duration PARKED = Duration.ofSeconds(2);

    private static final int LOSSES = 2;
    private static final int ENDURED = 3;

    private enum Mood {
        STEADY,
        SEARCHING,
        TRYING
    }

    private final int most;
    private int seconds;
    private int good;
    private Mood mood = Mood.STEADY;
    private int losses;
    private int endured;
    private Duration calm = Duration.ZERO;
    private Duration patience = FIRST_PATIENCE;

    /** @param most what is never gone beyond, {@value #LEAST_SECONDS} to {@value #MOST_SECONDS} s */
    Hold(int most) {
        if (most < LEAST_SECONDS || most > MOST_SECONDS) {
            throw new IllegalArgumentException("a poll is held for 3 to 50 s");
        }
        this.most = most;
        this.seconds = most;
        this.good = most;
    }

    int seconds() {
        return seconds;
    }

    /** A poll was answered after so long. One that is answered before its time says nothing about silence. */
    void answered(Duration after) {
        if (after.toSeconds() < seconds - 1) {
            return;
        }
        losses = 0;
        if (mood == Mood.TRYING) {
            if (++endured >= ENDURED) {
                patience = FIRST_PATIENCE;
                settle();
                longer();
            }
            return;
        }
        settle();
        calm = calm.plus(after);
        if (calm.compareTo(patience) >= 0) {
            longer();
        }
    }

    /** A poll that had gone out was lost so long after. */
    void lost(Duration after, Loss how) {
        if (after.compareTo(PARKED) < 0) {
            return;
        }
        if (mood == Mood.TRYING) {
            seconds = good;
            mood = Mood.STEADY;
            calm = Duration.ZERO;
            patience = patience.multipliedBy(2).compareTo(MOST_PATIENCE) > 0 ? MOST_PATIENCE : patience.multipliedBy(2);
            return;
        }
        if (++losses >= LOSSES || mood == Mood.SEARCHING) {
            losses = 0;
            mood = Mood.SEARCHING;
            long shorter = how == Loss.SILENT ? seconds / 2 : Math.min(seconds, after.toSeconds()) * 3 / 4;
            seconds = (int) Math.max(LEAST_SECONDS, shorter);
        }
    }

    private void settle() {
        good = seconds;
        mood = Mood.STEADY;
    }

    private void longer() {
        calm = Duration.ZERO;
        endured = 0;
        if (seconds < most) {
            mood = Mood.TRYING;
            seconds = Math.min(most, seconds * 3 / 2);
        }
    }
}
