package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.recording.Ended;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.Ticket;
import io.vertx.core.Future;

/** What whoever records a stream asks and says of it. */
public final class StreamNotes {
    private final Database database;
    private final Rights rights;
    private final Audit audit;
    private final StreamStore store = new StreamStore();
    private final RecordedStore recorded = new RecordedStore();

    public StreamNotes(Database database, Rights rights, Audit audit) {
        this.database = database;
        this.rights = rights;
        this.audit = audit;
    }

    /** Who watches it, such as {@code Emil Sommer (emil)}; fails with Refusal(NOT_FOUND) when there is no such stream. */
    public Future<String> viewer(String stream) {
        return store.viewer(database.pool(), stream)
                .map(found -> found.orElseThrow(() -> new Refusal(Fault.NOT_FOUND, "no stream=" + stream)))
                .compose(viewer -> rights.inWords(database.pool(), Actor.ofAudited(viewer)));
    }

    /** Its recording is complete: by its hash it will be known again. */
    public Future<Void> recorded(Ticket ticket, Ended ended) {
        AuditEntry entry = new AuditEntry(
                "server",
                AuditCode.RECORDING_ENDED,
                ticket.device(),
                "session=" + ticket.session() + " stream=" + ticket.stream() + " seconds="
                        + ended.length().toSeconds() + " sha256=" + ended.sha256());
        return database.inTransaction(connection -> recorded.noted(connection, ticket.stream(), ended.sha256())
                .compose(noted -> audit.record(connection, entry)));
    }
}
