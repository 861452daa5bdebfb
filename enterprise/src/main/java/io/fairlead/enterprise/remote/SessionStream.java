package io.fairlead.enterprise.remote;

import io.fairlead.statements.SessionService;
import io.fairlead.statements.StreamCause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stream of a session.
 *
 * @param viewer who asked for it, as the audit names him
 * @param openedAt when both ends were there; null before, and when they never were
 * @param endedAt null while it is not over
 * @param cause why it ended; null as above
 * @param fromAgent bytes from the instrument; of an open one as this node knows it
 * @param fromViewer bytes to the instrument; as above
 */
public record SessionStream(
        String id,
        SessionService service,
        String viewer,
        Instant madeAt,
        @Nullable Instant openedAt,
        @Nullable Instant endedAt,
        @Nullable StreamCause cause,
        long fromAgent,
        long fromViewer) {
    /** With what has gone through so far. */
    SessionStream carried(long agent, long viewerBytes) {
        return new SessionStream(id, service, viewer, madeAt, openedAt, endedAt, cause, agent, viewerBytes);
    }
}
