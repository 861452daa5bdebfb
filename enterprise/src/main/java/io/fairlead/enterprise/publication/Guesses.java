package io.fairlead.enterprise.publication;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts links that do not exist, by address, at this node: nobody guesses 256 bits, and nobody shall keep the database busy by
 * trying. A firewall that goes on asking for a link that was revoked stays far below. For several threads.
 */
final class Guesses {
    /** How long an address waits, at most. */
    static final Duration WINDOW = Duration.ofMinutes(10);

    static final int MOST = 30;
    private static final int MOST_ADDRESSES = 10_000;

    private final Clock clock;
    private final Map<String, Counted> wrong = new HashMap<>();

    private record Counted(Instant until, int times) {}

    Guesses(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean areTooMany(String address) {
        @Nullable Counted counted = wrong.get(address);
        return counted != null && counted.times >= MOST && clock.instant().isBefore(counted.until);
    }

    synchronized void count(String address) {
        Instant now = clock.instant();
        if (wrong.size() >= MOST_ADDRESSES) {
            boolean unused = wrong.values().removeIf(each -> !now.isBefore(each.until));
            if (wrong.size() >= MOST_ADDRESSES) {
                wrong.clear();
            }
        }
        @Nullable
        Counted unused = wrong.merge(
                address,
                new Counted(now.plus(WINDOW), 1),
                (before, first) -> now.isBefore(before.until) ? new Counted(before.until, before.times + 1) : first);
    }
}
