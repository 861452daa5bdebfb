package io.fairlead.agent.rfb;

import java.time.Duration;

/**
 * What the customer agreed to.
 *
 * @param scope what the viewer may do
 * @param clipboard whether texts of the clipboard pass, both ways; counts in {@link Scope#CONTROL} only
 * @param patience how long both sides together may take until the desktop is open; from 1 ms to 10 minutes
 */
public record Terms(Scope scope, boolean clipboard, Duration patience) {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    public Terms {
        if (patience.toMillis() < 1 || patience.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("patience must be from 1 ms to 10 minutes");
        }
    }

    /** Twenty seconds of patience. */
    public Terms(Scope scope, boolean clipboard) {
        this(scope, clipboard, Duration.ofSeconds(20));
    }

    boolean input() {
        return scope == Scope.CONTROL;
    }

    boolean texts() {
        return clipboard && input();
    }
}
