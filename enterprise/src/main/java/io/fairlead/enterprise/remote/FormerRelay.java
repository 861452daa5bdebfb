package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.statements.StreamCause;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.List;

/**
 * Says for a relay that was killed what it would have said itself: that its streams are over, and the sessions with them that
 * passed there.
 */
public final class FormerRelay {
    private final Database database;
    private final Audit audit;
    private final Clock clock;
    private final SessionStore sessions = new SessionStore();
    private final StreamStore streams = new StreamStore();
    private final Endings endings;

    public FormerRelay(Database database, Instructions instructions, Audit audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.endings = new Endings(sessions, instructions, audit, clock);
    }

    /**
     * Ends what it left open; what is over stays as it is.
     *
     * @param start of the relay that is gone
     */
    public Future<Void> isGone(String start) {
        return database.inTransaction(connection -> streams.openThere(connection, start)
                .compose(used -> endAll(connection, used))
                .compose(ended -> streams.gone(connection, start, clock.instant()))
                .compose(left -> audit.record(
                        connection,
                        left.stream()
                                .map(one -> new AuditEntry(
                                        "server",
                                        AuditCode.SESSION_STREAM_ENDED,
                                        one.device(),
                                        "session=" + one.session() + " stream=" + one.id() + " cause=" + one.cause()))
                                .toList())));
    }

    private Future<Void> endAll(SqlConnection connection, List<String> used) {
        Future<Void> all = Future.succeededFuture();
        for (String one : used) {
            all = all.compose(before -> sessions.lock(connection, one))
                    .compose(found -> found.isEmpty()
                            ? Future.succeededFuture()
                            : endings.fromHere(connection, Actor.server(), found.get(), StreamCause.SERVER_STOPS, "")
                                    .mapEmpty());
        }
        return all;
    }
}
