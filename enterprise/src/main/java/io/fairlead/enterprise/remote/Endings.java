package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.instruction.SessionAct;
import io.fairlead.enterprise.instruction.Wish;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.StreamCause;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Ends sessions, each once, in the transaction of whoever holds the row. */
final class Endings {
    /** A session that the agent holds ends by its own clock; later than that nobody need be told. */
    private static final Duration TOLD = Duration.ofHours(9);

    private final SessionStore store;
    private final Instructions instructions;
    private final Audit audit;
    private final Clock clock;

    Endings(SessionStore store, Instructions instructions, Audit audit, Clock clock) {
        this.store = store;
        this.instructions = instructions;
        this.audit = audit;
        this.clock = clock;
    }

    /** Ends it from here, and has the device told; answers what it is then. One that is over stays as it is. */
    Future<RemoteSession> fromHere(
            SqlConnection connection, Actor actor, RemoteSession one, StreamCause cause, String words) {
        if (one.state().isOver()) {
            return Future.succeededFuture(one);
        }
        SessionState end = one.state() == SessionState.GRANTED ? SessionState.ENDED : SessionState.WITHDRAWN;
        Wish tell = new Wish(actor, one.device(), new SessionAct.EndSession(one.id(), cause), TOLD, "");
        return ended(connection, actor.audited(), one, end, cause, words)
                .compose(over -> instructions
                        .create(connection, tell)
                        .map(over)
                        // Who cannot be told, as it is muted or enrolled anew, is shown no stream all the same.
                        .recover(failure -> failure instanceof Refusal
                                ? Future.succeededFuture(over)
                                : Future.failedFuture(failure)));
    }

    /** Keeps that it is over; the device knows. */
    Future<RemoteSession> ended(
            SqlConnection connection,
            String actor,
            RemoteSession one,
            SessionState end,
            @Nullable StreamCause cause,
            String words) {
        Instant now = clock.instant();
        RemoteSession over = one.over(end, now, cause, words);
        boolean not = end == SessionState.DECLINED || end == SessionState.UNANSWERED || end == SessionState.REFUSED;
        AuditEntry entry = new AuditEntry(
                actor,
                not ? AuditCode.SESSION_NOT_GRANTED : AuditCode.SESSION_ENDED,
                one.device().value(),
                "session=" + one.id() + " state=" + end + (cause == null ? "" : " cause=" + cause)
                        + (words.isEmpty() ? "" : " detail=" + words));
        return store.update(connection, over)
                .compose(updated -> audit.record(connection, entry))
                .map(over);
    }
}
