package io.fairlead.agent.poll;

import java.time.Duration;

/** Waits between tries. Handed in, so that a test need not. */
@FunctionalInterface
public interface Pause {
    void pause(Duration time) throws InterruptedException;

    /**
     * Waits in pieces, giving a sign of life before each; ends early when stopping is asked for.
     *
     * @param pulse called at least every 30 seconds
     */
    static Pause real(Stop stop, Runnable pulse) {
        return time -> {
            boolean stopping = stop.requested();
            for (long left = time.toMillis(); left > 0 && !stopping; left -= 30_000) {
                pulse.run();
                stopping = stop.await(Duration.ofMillis(Math.min(left, 30_000)));
            }
        };
    }

    /**
     * As {@link #real}, and ends early as well when the bell says that the enterprise is back: what waited out an outage
     * need not wait for the rest of its back-off.
     */
    static Pause untilBack(Bell bell, Stop stop, Runnable pulse) {
        return time -> {
            boolean over = stop.requested();
            for (long left = time.toMillis(); left > 0 && !over; left -= 30_000) {
                pulse.run();
                over = bell.awaitBack(Duration.ofMillis(Math.min(left, 30_000)), stop) || stop.requested();
            }
        };
    }
}
