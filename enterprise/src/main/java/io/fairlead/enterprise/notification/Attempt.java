package io.fairlead.enterprise.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A try to deliver, and how it ended; nothing of what was said.
 *
 * @param count how many notifications were to be sent; 0 when none may be, and nobody was called
 * @param first the number of the first of them; 0 when there is none
 * @param kinds of events among them, each once
 * @param status the HTTP status that came; null when none did
 * @param undelivered why it was not taken; null when it was
 * @param tries how often the same was tried, this one included
 * @param nextTry when it is tried again; null when it need not be, or nobody does
 */
public record Attempt(
        Instant at,
        Duration took,
        int count,
        long first,
        long last,
        List<EventKind> kinds,
        @Nullable Integer status,
        @Nullable Undelivered undelivered,
        int tries,
        @Nullable Instant nextTry) {

    public Attempt {
        kinds = List.copyOf(kinds);
    }

    /** Of whom nothing may be sent to. */
    static Attempt ofNobody(Instant at, Undelivered why, int tries, Instant nextTry) {
        return new Attempt(at, Duration.ZERO, 0, 0, 0, List.of(), null, why, tries, nextTry);
    }
}
