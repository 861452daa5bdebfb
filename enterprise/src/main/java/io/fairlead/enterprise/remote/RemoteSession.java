package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.StreamCause;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session as it stands.
 *
 * @param id 32 hexadecimal digits
 * @param sequence of the instruction that asks for it
 * @param requestedBy the actor, as the audit names him
 * @param request SHA-256 of what the person at the instrument is shown, 64 hexadecimal digits
 * @param grant what came of it; null before, and when it was not granted
 * @param cause why it is over; null while it is not, and when it was never granted nor taken back
 * @param detail in the words of whoever ended it; empty when there are none
 */
public record RemoteSession(
        String id,
        DeviceId device,
        long sequence,
        String requestedBy,
        String reason,
        List<SessionService> services,
        int minutes,
        String request,
        SessionState state,
        Instant requestedAt,
        @Nullable Grant grant,
        @Nullable Instant endedAt,
        @Nullable StreamCause cause,
        String detail) {
    /**
     * A yes.
     *
     * @param services perhaps fewer than were asked for
     * @param at by this server's clock
     * @param until by this server's clock; the agent ends it by its own
     */
    public record Grant(List<SessionService> services, Instant at, Instant until, SignedText receipt) {}

    public RemoteSession {
        services = List.copyOf(services);
        if (state.isOver() != (endedAt != null) || (state == SessionState.GRANTED && grant == null)) {
            throw new IllegalArgumentException("session=" + id + " does not fit its state " + state);
        }
    }

    /** Why the agent is to end it, as its contract has causes; empty while it stands. */
    public Optional<StreamCause> over() {
        if (!state.isOver()) {
            return Optional.empty();
        }
        StreamCause known = cause;
        return Optional.of(known == null || known == StreamCause.LEFT ? StreamCause.NOT_ALLOWED : known);
    }

    RemoteSession asked() {
        return with(SessionState.ASKED, grant, null, null, "");
    }

    RemoteSession granted(Grant given) {
        return with(SessionState.GRANTED, given, null, null, "");
    }

    RemoteSession over(SessionState end, Instant at, @Nullable StreamCause why, String words) {
        return with(end, grant, at, why, words);
    }

    private RemoteSession with(
            SessionState next,
            @Nullable Grant given,
            @Nullable Instant ended,
            @Nullable StreamCause why,
            String words) {
        return new RemoteSession(
                id,
                device,
                sequence,
                requestedBy,
                reason,
                services,
                minutes,
                request,
                next,
                requestedAt,
                given,
                ended,
                why,
                words);
    }
}
