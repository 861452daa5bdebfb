package io.fairlead.enterprise.login;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Notifications;
import io.fairlead.enterprise.login.Session.Kind;
import io.fairlead.enterprise.login.Session.Opened;
import io.fairlead.enterprise.login.SessionStore.Times;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is logged in. All of it lies in the database, so any node serves any session, and what is ended here is ended with the
 * next request everywhere.
 *
 * <pre>
 *   password proved ──▶ open ── passkey ──▶ confirmed
 *          └ where a passkey is needed ──▶ waiting ── passkey ──▶ confirmed        each step gives a new token
 *   any of them ── idle, too old, logged out, password set anew, person disabled ──▶ ended
 * </pre>
 */
public final class Sessions {
    /** Whoever needs a passkey has so long to show it. */
    static final Duration WAITING = Duration.ofMinutes(10);

    private static final String CHANNEL = "login_session";
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    private final Database database;
    private final Audit audit;
    private final LoginPolicy policy;
    private final Ids ids;
    private final Clock clock;
    private final SecureRandom random;
    private final SessionStore store = new SessionStore();

    public Sessions(Database database, Audit audit, LoginPolicy policy, Ids ids, Clock clock, SecureRandom random) {
        this.database = database;
        this.audit = audit;
        this.policy = policy;
        this.ids = ids;
        this.clock = clock;
        this.random = random;
    }

    /**
     * The session of a token, and counts as a sign of life. Empty when there is none, or it has ended. One that is
     * {@link Session#waiting} is found as well: whoever serves anything but the log-in turns it away.
     */
    public Future<Optional<Session>> find(Token token) {
        Instant now = clock.instant();
        return look(token, now)
                .compose(found -> found.filter(session -> session.seenAt().isBefore(now.minus(BETWEEN_LOOKS)))
                        .map(session ->
                                store.seen(database.pool(), session.id(), now).map(found))
                        .orElseGet(() -> Future.succeededFuture(found)));
    }

    /** The same without a sign of life: for what is held open, and for what a page asks by itself. */
    public Future<Optional<Session>> look(Token token) {
        return look(token, clock.instant());
    }

    /** The same of a session that was found before. */
    Future<Optional<Session>> still(String id) {
        Instant now = clock.instant();
        return store.open(database.pool(), id, now, now.minus(policy.idle())).map(found -> found.map(this::judged));
    }

    private Future<Optional<Session>> look(Token token, Instant now) {
        return store.find(database.pool(), token.sha256(), now, now.minus(policy.idle()))
                .map(found -> found.map(this::judged));
    }

    /** Calls with a person's name when a session of his may have ended, at whatever node: look again. */
    public void onEnd(Notifications notifications, Consumer<String> person) {
        notifications.listen(CHANNEL, person);
    }

    Future<Opened> begin(SqlConnection connection, String person, Kind kind, boolean waiting, Visitor visitor) {
        Token token = Token.fresh(random);
        String id = ids.next();
        Instant now = clock.instant();
        Duration life = waiting ? WAITING : policy.longest();
        return store.insert(
                        connection, id, token.sha256(), person, kind, waiting, new Times(now, now.plus(life)), visitor)
                .compose(made -> store.open(connection, id, now, now.minus(policy.idle())))
                .map(found -> new Opened(
                        token, judged(found.orElseThrow(() -> new Refusal(Fault.LOGIN_REFUSED, "disabled just now")))));
    }

    /** It was confirmed by a passkey: it goes on under a new token. */
    Future<Opened> confirmed(SqlConnection connection, Session session) {
        Token token = Token.fresh(random);
        return confirm(connection, session, token).map(now -> new Opened(token, now));
    }

    /** The same of a session elsewhere, which keeps its token. */
    Future<Session> confirmedElsewhere(SqlConnection connection, Session session) {
        return confirm(connection, session, null);
    }

    private Future<Session> confirm(SqlConnection connection, Session session, @Nullable Token token) {
        Instant now = clock.instant();
        return store.confirm(
                        connection,
                        session.id(),
                        token == null ? null : token.sha256(),
                        now,
                        session.passwordAt().plus(policy.longest()))
                .compose(done -> store.open(connection, session.id(), now, now.minus(policy.idle())))
                .map(found -> judged(found.orElseThrow(Sessions::over)));
    }

    /** A person's own, those that go on first, then the newest. */
    public Future<List<Session>> of(String person) {
        Instant now = clock.instant();
        return store.ofPerson(database.pool(), person)
                .map(all -> all.stream().map(one -> ended(judged(one), now)).toList());
    }

    /** Logs out. */
    public Future<Void> logOut(Session session) {
        return end(session, session.id(), "logged out");
    }

    /** Ends another one of the same person. Fails with Refusal(NOT_FOUND). */
    public Future<Void> close(Session by, String id) {
        return end(by, id, "closed by the person");
    }

    private Future<Void> end(Session by, String id, String why) {
        return database.inTransaction(connection -> store.end(connection, id, by.person(), clock.instant(), why)
                .compose(ended -> ended
                        ? record(connection, by.actor().audited(), by.person(), "session=" + id + " why=\"" + why + '"')
                        : Future.failedFuture(new Refusal(Fault.NOT_FOUND, "no such session goes on"))));
    }

    /** Logs out everywhere, here as well. */
    public Future<Integer> logOutEverywhere(Session by) {
        return database.inTransaction(
                connection -> endAll(connection, by.actor().audited(), by.person(), "", "logged out everywhere"));
    }

    /**
     * Ends all of a person, in the caller's transaction: he is disabled, or has a new password.
     *
     * @param actor whose doing it is, as the audit names him
     * @param why for the audit
     */
    public Future<Integer> endAll(SqlConnection connection, String actor, String person, String why) {
        return endAll(connection, actor, person, "", why);
    }

    Future<Integer> endAll(SqlConnection connection, String actor, String person, String but, String why) {
        return store.endAll(connection, person, but, clock.instant(), why)
                .compose(count -> count == 0
                        ? Future.succeededFuture(0)
                        : record(connection, actor, person, "sessions=" + count + " why=\"" + why + '"')
                                .map(count));
    }

    private Future<Void> record(SqlConnection connection, String actor, String person, String detail) {
        return audit.record(connection, new AuditEntry(actor, AuditCode.LOGIN_ENDED, "person:" + person, detail));
    }

    /** What the database says, as this installation takes it. */
    private Session judged(Session stored) {
        return policy.passkeys() ? stored : stored.withoutPasskey();
    }

    /** With its end where nobody ended it. */
    private Session ended(Session one, Instant now) {
        Instant end = policy.end(one);
        return one.endedAt() != null || now.isBefore(end) ? one : one.endedAt(end);
    }

    static Refusal over() {
        return new Refusal(Fault.NOT_LOGGED_IN, "the session has ended");
    }
}
