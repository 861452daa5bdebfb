package io.fairlead.enterprise.fleet;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When devices were heard, and their rolling tokens. Each poll's answer carries a new random token; the next poll brings
 * it back. The newest is taken and, once, the one presented before it, so that an answer lost on the way harms nobody:
 *
 * <pre>
 *   presented = current, or previous that was not yet presented again  →  previous := presented, current := new
 *   presented = anything else                                          →  the same, counted and, once an hour, audited as clone.suspected
 * </pre>
 */
public final class Contacts {
    private static final Logger LOG = LoggerFactory.getLogger(Contacts.class);
    private static final Duration AUDIT_EVERY = Duration.ofHours(1);
    private static final Duration STALE = Duration.ofSeconds(10);

    private final Audit audit;
    private final Ids ids;
    private final Clock clock;
    private final Counter suspected;
    private final ContactStore store = new ContactStore();

    public Contacts(Audit audit, Ids ids, Clock clock, MeterRegistry metrics) {
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.suspected = Counter.builder("fairlead.fleet.clones.suspected")
                .description("Polls whose rolling token was neither the newest nor, for the first time, the one before")
                .register(metrics);
    }

    /**
     * Takes note of a poll and rolls the token, in the caller's transaction. The row of the device's contact is locked from
     * then on; who locks other rows of the device locks them after it. Fails with Refusal(JOURNAL_BEHIND) when the agent's journal holds less
     * than it said before or more than was ever made, and then changes nothing; with Refusal(UNKNOWN_DEVICE).
     */
    public Future<Rolled> polled(SqlConnection connection, Polled poll) {
        String token = ids.next();
        Instant now = clock.instant();
        return store.polled(connection, poll, token, now).compose(found -> {
            ContactStore.Judged judged =
                    found.orElseThrow(() -> new Refusal(Fault.UNKNOWN_DEVICE, "device=" + poll.device()));
            if (!judged.fits()) {
                throw new Refusal(
                        Fault.JOURNAL_BEHIND,
                        "device=" + poll.device() + " journaled=" + poll.journaled() + " before=" + judged.journaled()
                                + " newest=" + judged.newest());
            }
            Rolled rolled = new Rolled(token, judged.suspected(), poll.journaled() > judged.journaled());
            return judged.suspected() ? suspect(connection, poll, now).map(rolled) : Future.succeededFuture(rolled);
        });
    }

    private Future<Void> suspect(SqlConnection connection, Polled poll, Instant now) {
        suspected.increment();
        return store.suspect(connection, poll.device(), now, now.minus(AUDIT_EVERY))
                .compose(due -> due ? audited(connection, poll) : Future.succeededFuture());
    }

    private Future<Void> audited(SqlConnection connection, Polled poll) {
        LOG.warn("clone suspected device={} address={}", poll.device(), poll.address());
        return audit.record(
                connection,
                new AuditEntry(
                        "device:" + poll.device(),
                        AuditCode.CLONE_SUSPECTED,
                        poll.device().value(),
                        "address=" + poll.address() + " reason=token"));
    }

    /**
     * Locks the contacts of some devices until the caller's transaction ends, in order of id. Whatever else belongs to one
     * of them is then written by nobody else who asked first.
     */
    public Future<Void> lock(SqlConnection connection, Collection<DeviceId> wanted) {
        return store.lock(connection, wanted);
    }

    /** Takes note of reports, in the caller's transaction; each device at most once, in order of id. */
    public Future<Void> reported(SqlConnection connection, List<Reported> reports) {
        Instant now = clock.instant();
        return store.reported(connection, reports, now, now.minus(STALE));
    }
}
