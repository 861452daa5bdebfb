package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.remote.Watcher.State;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SessionService.Mode;
import io.fairlead.statements.StreamCause;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Others who look at a desktop beside whoever asked for the session, when he agrees. They may never do more than look, and
 * need the same rights as he; the agent says the same by itself. Whoever changes one holds the session's row.
 */
public final class Watchers {
    /** How many may look on, or wait for an answer, at once. */
    public static final int MOST = 3;
    /** A try again may come before the last stream is known to be over. */
    private static final int MOST_STREAMS = 2;

    private final Database database;
    private final Devices devices;
    private final Audit audit;
    private final Clock clock;
    private final SessionStore sessions = new SessionStore();
    private final WatcherStore store = new WatcherStore();

    public Watchers(Database database, Devices devices, Audit audit, Clock clock) {
        this.database = database;
        this.devices = devices;
        this.audit = audit;
        this.clock = clock;
    }

    /** What came of asking. */
    public enum Asked {
        ASKED("asked"),
        NOT_OPEN("The session is not open."),
        HIS_OWN("You have asked for this session yourself."),
        NO_DESKTOP("No desktop was granted in this session: there is nothing to watch."),
        JUST_NOW("You have asked a moment ago."),
        TOO_MANY("As many as may do so at once are watching, or wait for an answer.");

        private final String words;

        Asked(String words) {
            this.words = words;
        }

        /** For who asked. */
        public String words() {
            return words;
        }
    }

    /**
     * A session in the eyes of whoever views something of it.
     *
     * @param watcher null for whoever asked for it
     */
    public record Viewing(RemoteSession session, @Nullable Watcher watcher) {
        /** Why it is over for him; empty while it is not. */
        public Optional<StreamCause> ended() {
            Watcher looks = watcher;
            return looks == null || looks.watches()
                    ? Optional.empty()
                    : Optional.of(looks.cause() == null ? StreamCause.NOT_ALLOWED : looks.cause());
        }
    }

    /** What can be watched of what was granted: its desktops. */
    public static List<SessionService> watchable(RemoteSession one) {
        RemoteSession.Grant grant = one.grant();
        return grant == null
                ? List.of()
                : grant.services().stream()
                        .filter(given -> given.mode().covers(Mode.VIEW))
                        .map(given -> new SessionService(given.name(), Mode.VIEW))
                        .toList();
    }

    /**
     * Asks whoever asked for a session to look on.
     *
     * @return fails with Refusal: NOT_FOUND, FORBIDDEN, PASSKEY_NEEDED
     */
    public Future<Asked> ask(Actor actor, String session) {
        return locked(
                session,
                (connection, one) -> may(connection, actor, one)
                        .compose(may -> store.of(connection, session))
                        .compose(all -> {
                            Asked outcome = judged(actor, one, all);
                            return outcome != Asked.ASKED
                                    ? Future.succeededFuture(outcome)
                                    : store.asked(connection, session, actor.audited(), clock.instant())
                                            .compose(asked -> told(
                                                    connection,
                                                    actor,
                                                    AuditCode.SESSION_WATCH_ASKED,
                                                    one,
                                                    actor.audited(),
                                                    ""))
                                            .map(outcome);
                        }));
    }

    private Asked judged(Actor actor, RemoteSession one, List<Watcher> all) {
        Instant now = clock.instant();
        if (!isOpen(one, now)) {
            return Asked.NOT_OPEN;
        }
        if (actor.audited().equals(one.requestedBy())) {
            return Asked.HIS_OWN;
        }
        if (watchable(one).isEmpty()) {
            return Asked.NO_DESKTOP;
        }
        if (find(all, actor.audited()).filter(his -> !his.mayAsk(now)).isPresent()) {
            return Asked.JUST_NOW;
        }
        long there =
                all.stream().filter(each -> each.watches() || each.waits(now)).count();
        return there >= MOST ? Asked.TOO_MANY : Asked.ASKED;
    }

    private static boolean isOpen(RemoteSession one, Instant now) {
        RemoteSession.Grant grant = one.grant();
        return one.state() == SessionState.GRANTED && grant != null && now.isBefore(grant.until());
    }

    /**
     * The word of whoever asked for the session.
     *
     * @return whether it counts: not when nobody asks, any more; fails with Refusal: NOT_FOUND also for a session of another,
     *     FORBIDDEN, PASSKEY_NEEDED
     */
    public Future<Boolean> answer(Actor actor, String session, String person, boolean yes) {
        return locked(session, (connection, one) -> {
            if (!actor.audited().equals(one.requestedBy())) {
                throw RemoteSessions.none(session);
            }
            return may(connection, actor, one)
                    .compose(may -> store.of(connection, session))
                    .compose(all -> {
                        Instant now = clock.instant();
                        if (!isOpen(one, now)
                                || find(all, person)
                                        .filter(his -> his.waits(now))
                                        .isEmpty()) {
                            return Future.succeededFuture(false);
                        }
                        AuditCode code = yes ? AuditCode.SESSION_WATCH_ALLOWED : AuditCode.SESSION_WATCH_DECLINED;
                        return store.became(connection, session, person, yes ? State.ALLOWED : State.DECLINED, null)
                                .compose(kept -> told(connection, actor, code, one, person, ""))
                                .map(true);
                    });
        });
    }

    /**
     * Ends it: whoever asked for the session stops another, or he himself leaves or takes his question back.
     *
     * @return whether there was something to be ended; fails with Refusal(NOT_FOUND), also for who never asked
     */
    public Future<Boolean> end(Actor actor, String session, String person) {
        return locked(session, (connection, one) -> {
            boolean first = actor.audited().equals(one.requestedBy());
            if (!first && !actor.audited().equals(person)) {
                throw RemoteSessions.none(session);
            }
            StreamCause cause = first ? StreamCause.ENDED_BY_ENGINEER : StreamCause.LEFT;
            return store.of(connection, session).compose(all -> {
                Watcher his = find(all, person).orElseThrow(() -> RemoteSessions.none(session));
                return his.watches() || his.state() == State.ASKED
                        ? ended(connection, actor, one, his, State.ENDED, cause).map(true)
                        : Future.succeededFuture(false);
            });
        });
    }

    /** All who ever asked, of a session that the caller has found readable for whom it is. */
    public Future<List<Watcher>> of(RemoteSession one) {
        return store.of(database.pool(), one.id());
    }

    /**
     * A session for whoever asked for it, and for those who look on or did so; others find none. Rights are judged again.
     *
     * @return fails with Refusal: NOT_FOUND, FORBIDDEN, PASSKEY_NEEDED
     */
    public Future<Viewing> viewing(Actor actor, String session) {
        return sessions.find(database.pool(), session)
                .map(found -> found.orElseThrow(() -> RemoteSessions.none(session)))
                .compose(one -> store.of(database.pool(), session).map(all -> {
                    if (actor.audited().equals(one.requestedBy())) {
                        return new Viewing(one, null);
                    }
                    return new Viewing(
                            one,
                            find(all, actor.audited())
                                    .filter(his -> his.watches() || his.state() == State.ENDED)
                                    .orElseThrow(() -> RemoteSessions.none(session)));
                }))
                .compose(viewing -> devices.mayOn(
                                actor, Action.REQUEST_SESSION, viewing.session().device())
                        .map(viewing));
    }

    /** Whether somebody else than who asked for a session looks on there now, as far as that was agreed to. */
    Future<Void> mustWatch(SqlClient client, RemoteSession one, String person) {
        return store.of(client, one.id()).map(all -> {
            if (find(all, person).filter(Watcher::watches).isEmpty()) {
                throw new Refusal(Fault.FORBIDDEN, "session " + one.id() + " was granted to another");
            }
            return null;
        });
    }

    /** The same for another stream of his: only a desktop, and only to look at it. */
    Future<Void> mustWatch(SqlClient client, RemoteSession one, String person, SessionService service) {
        return mustWatch(client, one, person)
                .compose(watches -> store.streams(client, one.id(), person))
                .map(streams -> {
                    if (service.mode() != Mode.VIEW) {
                        throw new Refusal(
                                Fault.FORBIDDEN, "session " + one.id() + " was granted to another: view only");
                    }
                    if (streams >= MOST_STREAMS) {
                        throw new Refusal(Fault.CONFLICT, "streams=" + streams + " of " + person + " are not over");
                    }
                    return null;
                });
    }

    /** Ends what is over: unanswered, with the session, and of whom the rights are lost. */
    Future<Void> look() {
        return store.open(database.pool()).compose(open -> {
            Future<Void> all = Future.succeededFuture();
            for (WatcherStore.Open each : open) {
                all = all.compose(before -> looked(each));
            }
            return all;
        });
    }

    private Future<Void> looked(WatcherStore.Open each) {
        return sessions.find(database.pool(), each.session())
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(true)
                        : devices.mayOn(
                                        Actor.ofAudited(each.person()),
                                        Action.REQUEST_SESSION,
                                        found.get().device())
                                .map(true)
                                .recover(failure -> failure instanceof Refusal
                                        ? Future.succeededFuture(false)
                                        : Future.failedFuture(failure)))
                .compose(may -> this.<Void>locked(
                        each.session(),
                        (connection, one) -> store.of(connection, one.id())
                                .compose(all -> find(all, each.person())
                                        .map(his -> over(connection, one, his, may))
                                        .orElseGet(Future::succeededFuture))));
    }

    private Future<Void> over(SqlConnection connection, RemoteSession one, Watcher his, boolean may) {
        Actor server = Actor.server();
        if (!his.watches() && his.state() != State.ASKED) {
            return Future.succeededFuture();
        }
        if (one.state().isOver()) {
            StreamCause cause = one.cause() == null ? StreamCause.NOT_ALLOWED : one.cause();
            return ended(connection, server, one, his, State.ENDED, cause);
        }
        if (!may) {
            return ended(connection, server, one, his, State.ENDED, StreamCause.RIGHTS_LOST);
        }
        return his.watches() || his.waits(clock.instant())
                ? Future.succeededFuture()
                : ended(connection, server, one, his, State.UNANSWERED, null);
    }

    private Future<Void> ended(
            SqlConnection connection,
            Actor actor,
            RemoteSession one,
            Watcher his,
            State state,
            @Nullable StreamCause cause) {
        AuditCode code = state == State.UNANSWERED ? AuditCode.SESSION_WATCH_DECLINED : AuditCode.SESSION_WATCH_ENDED;
        String more = cause == null ? " unanswered=true" : " cause=" + cause;
        return store.became(connection, one.id(), his.person(), state, cause)
                .compose(kept -> told(connection, actor, code, one, his.person(), more));
    }

    private Future<Void> told(
            SqlConnection connection, Actor actor, AuditCode code, RemoteSession one, String person, String more) {
        return audit.record(
                        connection,
                        new AuditEntry(
                                actor.audited(),
                                code,
                                one.device().value(),
                                "session=" + one.id() + " watcher=" + person + more))
                .compose(noted -> sessions.announce(connection, one.id()));
    }

    private Future<Void> may(SqlConnection connection, Actor actor, RemoteSession one) {
        return devices.mayOn(connection, actor, Action.REQUEST_SESSION, one.device())
                .recover(failure -> Future.failedFuture(RemoteSessions.hidden(failure, one.id())))
                .mapEmpty();
    }

    private static Optional<Watcher> find(List<Watcher> all, String person) {
        return all.stream().filter(each -> each.person().equals(person)).findFirst();
    }

    /** What is done while nobody else changes a session. */
    private interface Deed<T extends @Nullable Object> {
        Future<T> on(SqlConnection connection, RemoteSession one);
    }

    private <T extends @Nullable Object> Future<T> locked(String session, Deed<T> deed) {
        return database.inTransaction(connection -> sessions.lock(connection, session)
                .compose(found -> deed.on(connection, found.orElseThrow(() -> RemoteSessions.none(session)))));
    }
}
