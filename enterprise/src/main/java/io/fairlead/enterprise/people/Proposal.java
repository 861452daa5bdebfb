package io.fairlead.enterprise.people;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A widening that waits for a second person.
 *
 * <pre>
 *            another who might have proposed it approves ─▶ APPROVED   in effect
 *   WAITING ─┼ somebody who might approve, or the proposer, rejects ─▶ REJECTED
 *            └ seven days pass ─▶ EXPIRED
 * </pre>
 *
 * @param by who proposed it, as the audit names him
 * @param notAfter when it expires
 * @param decidedBy as the audit names him; null while nobody has
 */
public record Proposal(
        long id,
        Widening widening,
        String by,
        Instant at,
        Instant notAfter,
        State state,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt) {
    /** Where it stands; that it is expired follows from the time. */
    public enum State {
        WAITING,
        APPROVED,
        REJECTED,
        EXPIRED
    }
}
