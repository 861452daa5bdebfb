package io.fairlead.enterprise.integration;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.util.HashMap;
import java.util.Map;

/** Lets so many in at once, and of one kind fewer; who finds no place is told to come again. Thread-safe. */
final class Turnstile {
    private final String what;
    private final int most;
    private final int mostOfOne;
    private final Map<String, Integer> inside = new HashMap<>();
    private int all;

    /**
     * @param what is let in, as the log has it
     * @param mostOfOne of one account, or of one address
     */
    Turnstile(String what, int most, int mostOfOne) {
        this.what = what;
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** A place inside, to be left once. */
    final class Place {
        private final String who;
        private boolean left;

        private Place(String who) {
            this.who = who;
        }

        void leave() {
            synchronized (Turnstile.this) {
                if (!left) {
                    left = true;
                    all--;
                    inside.computeIfPresent(who, (same, count) -> count == 1 ? null : count - 1);
                }
            }
        }
    }

    /** Throws a Refusal(BUSY) when there is none. */
    synchronized Place enter(String who) {
        int his = inside.getOrDefault(who, 0);
        if (his >= mostOfOne || all >= most) {
            throw new Refusal(
                    Fault.BUSY,
                    his >= mostOfOne ? his + " " + what + " of " + who + " are open" : all + " " + what + " are open");
        }
        inside.put(who, his + 1);
        all++;
        return new Place(who);
    }
}
