package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.fleet.Contacts;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Notifications;
import io.fairlead.enterprise.kernel.Paced;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.StreamCause;
import io.fairlead.statements.Ticket;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends sessions whose time is over, whose device is barred (revoked, muted, stolen, held, enrolled anew), whose requester
 * may no longer, and requests on which no word came; and that others look on there. Looks every {@link #EVERY}, and at once when a device's certificates
 * or standing change; several nodes do not disturb each other. Forgets what ended long ago.
 */
public final class SessionWatch {
    /** Between two looks. */
    public static final Duration EVERY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(SessionWatch.class);
    /** Between two looks at what ended long ago. */
    private static final Duration SELDOM = Duration.ofMinutes(1);

    /** When both tickets of a stream are over for long. */
    private static final Duration LATEST = Ticket.LIFE.multipliedBy(3);

    private static final Duration SOON = Duration.ofMillis(200);

    private final Database database;
    private final Devices devices;
    private final Audit audit;
    private final Timers timers;
    private final Clock clock;
    private final Duration kept;
    private final SessionStore store = new SessionStore();
    private final StreamStore streams = new StreamStore();
    private final Endings endings;
    private final Watchers watchers;
    private final Paced soon;
    private volatile Instant forgotten = Instant.EPOCH;
    private volatile boolean stopped;

    /** @param days for which a session is kept after its end */
    public SessionWatch(
            Database database,
            Devices devices,
            Instructions instructions,
            Audit audit,
            Timers timers,
            Clock clock,
            int days) {
        this.database = database;
        this.devices = devices;
        this.audit = audit;
        this.timers = timers;
        this.clock = clock;
        this.kept = Duration.ofDays(days);
        this.endings = new Endings(store, instructions, audit, clock);
        this.watchers = new Watchers(database, devices, audit, clock);
        this.soon = new Paced(timers, SOON, () -> look().onFailure(SessionWatch::failed));
    }

    /** Hears of devices whose certificates or standing any node has changed. */
    public void listenTo(Notifications notifications) {
        notifications.listen(Contacts.CHANNEL, device -> soon.ask());
        notifications.listen(DeviceCertificates.CHANNEL, device -> soon.ask());
    }

    /** Looks from now on. */
    public void start() {
        if (!stopped) {
            look().onFailure(SessionWatch::failed);
            Timers.Timer unusedNeverCancelled = timers.after(EVERY, this::start);
        }
    }

    private static void failed(Throwable failure) {
        LOG.error("session-watch=failed", failure);
    }

    /** Looks no more. */
    public void stop() {
        stopped = true;
    }

    /** Looks now. */
    Future<Void> look() {
        Instant now = clock.instant();
        return store.open(database.pool(), now)
                .compose(open -> {
                    Future<Void> all = Future.succeededFuture();
                    for (SessionStore.Open one : open) {
                        all = all.compose(before -> judged(one, now));
                    }
                    return all;
                })
                .compose(looked -> watchers.look())
                .compose(looked -> forget(now));
    }

    private Future<Void> judged(SessionStore.Open open, Instant now) {
        return cause(open, now)
                .compose(cause -> cause.isEmpty()
                        ? Future.succeededFuture()
                        : database.inTransaction(connection -> store.lock(
                                        connection, open.session().id())
                                .compose(found -> found.isEmpty()
                                        ? Future.<Void>succeededFuture()
                                        : endings.fromHere(connection, Actor.server(), found.get(), cause.get(), "")
                                                .mapEmpty())));
    }

    private Future<Optional<StreamCause>> cause(SessionStore.Open open, Instant now) {
        RemoteSession one = open.session();
        RemoteSession.Grant grant = one.grant();
        Instant due = grant == null ? one.requestedAt().plus(RemoteSessions.WAIT) : grant.until();
        if (open.barred()) {
            return Future.succeededFuture(Optional.of(StreamCause.DEVICE_BARRED));
        }
        if (!now.isBefore(due)) {
            return Future.succeededFuture(Optional.of(StreamCause.EXPIRED));
        }
        String account = open.askedBy();
        // What was agreed to is his whose it is; what nobody has agreed to yet stands and falls with whoever asked.
        Future<?> asked = account == null || grant != null
                ? Future.succeededFuture()
                : devices.mayOn(Actor.ofAudited(account), Action.REQUEST_SESSION_FOR, one.device());
        return asked.compose(stands ->
                        devices.mayOn(Actor.ofAudited(one.requestedBy()), Action.REQUEST_SESSION, one.device()))
                .map(may -> Optional.<StreamCause>empty())
                .recover(failure -> failure instanceof Refusal
                        ? Future.succeededFuture(Optional.of(StreamCause.RIGHTS_LOST))
                        : Future.failedFuture(failure));
    }

    private Future<Void> forget(Instant now) {
        if (now.isBefore(forgotten.plus(SELDOM))) {
            return Future.succeededFuture();
        }
        forgotten = now;
        return database.inTransaction(connection -> leftBehind(connection, now)
                .compose(left -> store.forget(connection, now.minus(kept)))
                .compose(gone -> gone == 0
                        ? Future.succeededFuture()
                        : audit.record(
                                connection,
                                new AuditEntry("server", AuditCode.SESSIONS_DROPPED, "", "sessions=" + gone))));
    }

    /** Of streams whose relay went away without a word nobody else will say that they are over. */
    private Future<Void> leftBehind(SqlConnection connection, Instant now) {
        return streams.leftBehind(connection, now, now.minus(LATEST))
                .compose(all -> audit.record(
                        connection,
                        all.stream()
                                .map(one -> new AuditEntry(
                                        "server",
                                        AuditCode.SESSION_STREAM_ENDED,
                                        one.device(),
                                        "session=" + one.session() + " stream=" + one.id() + " cause=" + one.cause()))
                                .toList()));
    }
}
