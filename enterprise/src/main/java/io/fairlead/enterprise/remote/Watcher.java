package io.fairlead.enterprise.remote;

import io.fairlead.statements.StreamCause;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who looks on at a session that another asked for, or would like to.
 *
 * <pre>
 *   ASKED ──▶ ALLOWED ──▶ ENDED      by either of them, with the session, with his rights
 *     ├──▶ DECLINED ┐
 *     ├──▶ UNANSWERED ├──▶ ASKED     a minute after he asked
 *     └──▶ ENDED    ┘
 * </pre>
 *
 * @param person the actor, as the audit names him
 * @param name as people call him; null when he is no person of this server
 * @param cause why it ended; null while it has not
 */
public record Watcher(
        String person,
        @Nullable String name,
        State state,
        Instant askedAt,
        @Nullable StreamCause cause) {
    /** How long whoever asked for the session has to answer: silence is a no. */
    public static final Duration WAIT = Duration.ofSeconds(60);

    /** Where it stands. */
    public enum State {
        ASKED,
        ALLOWED,
        DECLINED,
        UNANSWERED,
        ENDED
    }

    /** When silence is a no. */
    public Instant answerBy() {
        return askedAt.plus(WAIT);
    }

    /** Whether an answer still counts. */
    public boolean waits(Instant now) {
        return state == State.ASKED && now.isBefore(answerBy());
    }

    /** Whether he may look on now, as far as that was agreed to. */
    public boolean watches() {
        return state == State.ALLOWED;
    }

    /** Whether he may ask, for the first time or again. */
    boolean mayAsk(Instant now) {
        return state != State.ALLOWED && !now.isBefore(answerBy());
    }
}
