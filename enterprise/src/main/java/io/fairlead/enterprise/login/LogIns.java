package io.fairlead.enterprise.login;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.login.LockOut.Counted;
import io.fairlead.enterprise.login.PasswordStore.Found;
import io.fairlead.enterprise.login.Session.Kind;
import io.fairlead.enterprise.login.Session.Opened;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Logs people in by password. A name that nobody has takes the same way as one that somebody has: a salt that stays, the
 * same iterations, the same statements and computations, the same answers.
 */
public final class LogIns {
    private static final int NONCE_BYTES = 24;
    private static final String NOBODY = "";

    private final Database database;
    private final Rights rights;
    private final LockOut lockOut;
    private final KnownBrowsers browsers;
    private final Sessions sessions;
    private final PasskeyStore passkeys = new PasskeyStore();
    private final LoginPolicy policy;
    private final LoginKeys keys;
    private final Audit audit;
    private final Clock clock;
    private final SecureRandom random;
    private final PasswordStore store = new PasswordStore();
    /** Opened for names that nobody has, so that they cost the same. */
    private final byte[] nobodys;

    public LogIns(
            Database database,
            Rights rights,
            LockOut lockOut,
            KnownBrowsers browsers,
            Sessions sessions,
            LoginPolicy policy,
            LoginKeys keys,
            Audit audit,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.rights = rights;
        this.lockOut = lockOut;
        this.browsers = browsers;
        this.sessions = sessions;
        this.policy = policy;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
        this.nobodys = keys.sealPassword(keys.mock(NOBODY), NOBODY);
    }

    /**
     * The server's first message.
     *
     * @param exchange to be brought back with the client's answer, within two minutes
     */
    public record Begun(String exchange, String message) {}

    /**
     * Somebody is in.
     *
     * @param message the server's last, by which the client knows that it is the server
     * @param marks of the browser from now on
     */
    public record Finished(String message, Opened opened, String marks) {}

    /** What came of an answer. */
    private record Judged(boolean blocked, Optional<String> message) {
        static final Judged BLOCKED = new Judged(true, Optional.empty());
        static final Judged WRONG = new Judged(false, Optional.empty());
    }

    /**
     * Takes client-first-message. Fails with Refusal: INVALID when it is none, ADDRESS_BLOCKED.
     */
    public Future<Begun> begin(String message, Visitor visitor) {
        Optional<Scram.First> parsed = Scram.First.parse(message);
        if (parsed.isEmpty()) {
            return Future.failedFuture(new Refusal(Fault.INVALID, "no client-first-message of SCRAM without binding"));
        }
        Scram.First first = parsed.get();
        String person = written(first.name());
        return lockOut.isBlocked(lockOut.counter(visitor, person)).compose(is -> {
            if (is) {
                return Future.failedFuture(blocked(visitor));
            }
            return store.find(database.pool(), person)
                    .map(found -> challenge(first, person, keysOf(person, found).keys()));
        });
    }

    private Begun challenge(Scram.First first, String person, PasswordKeys of) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        String challenge =
                Scram.challenge(first.nonce(), Base64.getEncoder().encodeToString(nonce), of.salt(), of.iterations());
        Exchange exchange =
                new Exchange(person, first.bare(), challenge, clock.instant().plus(Exchange.LIFE));
        return new Begun(exchange.sealed(keys), challenge);
    }

    /**
     * Takes client-final-message. Fails with Refusal: LOGIN_REFUSED whatever is wrong, ADDRESS_BLOCKED.
     *
     * @param exchange of {@link #begin}; answered once
     */
    public Future<Finished> finish(String exchange, String message, Kind kind, Visitor visitor) {
        Exchange open = Exchange.open(exchange, keys, clock.instant()).orElse(null);
        if (open == null) {
            return Future.failedFuture(new Refusal(Fault.LOGIN_REFUSED, "the exchange is not ours, or too old"));
        }
        Counted counted = lockOut.counter(visitor, open.person());
        return database.inTransaction(connection -> judge(connection, open, message, counted, visitor))
                .compose(judged -> {
                    if (judged.blocked()) {
                        return Future.failedFuture(blocked(visitor));
                    }
                    return judged.message()
                            .map(proof -> in(open.person(), proof, kind, counted, visitor))
                            .orElseGet(() -> Future.failedFuture(new Refusal(
                                    Fault.LOGIN_REFUSED,
                                    "address=" + visitor.address().text())));
                });
    }

    /** Counts before it judges; what it finds is committed also when it is no. */
    private Future<Judged> judge(
            SqlConnection connection, Exchange exchange, String message, Counted counted, Visitor visitor) {
        return lockOut.take(connection, counted).compose(may -> {
            if (!may) {
                return Future.succeededFuture(Judged.BLOCKED);
            }
            return store.answered(connection, exchange.id(), clock.instant())
                    .compose(fresh -> store.find(connection, exchange.person()).compose(found -> {
                        Known known = keysOf(exchange.person(), found);
                        Optional<String> answer =
                                Scram.answer(exchange.first(), exchange.challenge(), message, known.keys());
                        return fresh && known.real() && answer.isPresent()
                                ? Future.succeededFuture(new Judged(false, answer))
                                : wrong(connection, exchange.person(), found, counted, visitor);
                    }));
        });
    }

    private Future<Judged> wrong(
            SqlConnection connection, String person, Optional<Found> found, Counted counted, Visitor visitor) {
        // A name that nobody has may be a password in the wrong field: it is not written down.
        AuditEntry entry = new AuditEntry(
                visitor.audited(),
                AuditCode.LOGIN_FAILED,
                found.isPresent() ? "person:" + person : "",
                found.isEmpty() ? "name=unknown" : found.get().disabled() ? "disabled=true" : "");
        return audit.record(connection, entry)
                .compose(recorded -> lockOut.failed(connection, counted, visitor.audited()))
                .map(Judged.WRONG);
    }

    private Future<Finished> in(String person, String proof, Kind kind, Counted counted, Visitor visitor) {
        return rights.of(Actor.person(person, false))
                .compose(entitlement -> database.inTransaction(connection -> passkeys.count(connection, person)
                        .compose(count -> {
                            boolean waiting = policy.passkeys() && (entitlement.needsPasskey() || count > 0);
                            return lockOut.succeeded(connection, counted)
                                    .compose(done -> sessions.begin(connection, person, kind, waiting, visitor));
                        })
                        .compose(opened -> audit.record(
                                        connection,
                                        new AuditEntry(
                                                "person:" + person,
                                                AuditCode.LOGIN_SUCCEEDED,
                                                "person:" + person,
                                                "session=" + opened.session().id() + " kind=" + kind.key()
                                                        + " address="
                                                        + visitor.address().text()))
                                .map(new Finished(proof, opened, browsers.with(visitor.marks(), person))))));
    }

    /** Keys of a person who may log in; else what stands for them. */
    private record Known(PasswordKeys keys, boolean real) {}

    private Known keysOf(String person, Optional<Found> found) {
        PasswordKeys mock = keys.mock(person);
        Optional<PasswordKeys> opened =
                keys.openPassword(found.map(Found::sealed).orElse(nobodys), found.isPresent() ? person : NOBODY);
        return found.isPresent() && opened.isPresent()
                ? new Known(opened.get(), !found.get().disabled())
                : new Known(mock, false);
    }

    /**
     * Sets one's own password anew; the old one is proved once more by {@link #begin} and its answer, as for a log-in. All
     * other sessions of the person end. Fails with Refusal: LOGIN_REFUSED, ADDRESS_BLOCKED.
     *
     * @return server-final-message
     */
    public Future<String> change(
            Session session, String exchange, String message, PasswordKeys password, Visitor visitor) {
        Exchange open = Exchange.open(exchange, keys, clock.instant()).orElse(null);
        if (open == null || !open.person().equals(session.person())) {
            return Future.failedFuture(new Refusal(Fault.LOGIN_REFUSED, "the exchange is not his, or too old"));
        }
        Counted counted = lockOut.counter(visitor, open.person());
        String actor = session.actor().audited();
        return database.inTransaction(connection -> judge(connection, open, message, counted, visitor))
                .compose(judged -> judged.blocked()
                        ? Future.failedFuture(blocked(visitor))
                        : judged.message()
                                .map(Future::succeededFuture)
                                .orElseGet(() -> Future.failedFuture(
                                        new Refusal(Fault.LOGIN_REFUSED, "the password until now is wrong"))))
                .compose(proof -> database.inTransaction(connection -> lockOut.succeeded(connection, counted)
                                .compose(done -> store.set(
                                        connection,
                                        session.person(),
                                        keys.sealPassword(password, session.person()),
                                        keys.id(),
                                        clock.instant()))
                                .compose(set -> audit.record(
                                        connection, new AuditEntry(actor, AuditCode.PASSWORD_SET, actor, "by=owner")))
                                .compose(recorded -> sessions.endAll(
                                        connection, actor, session.person(), session.id(), "password changed")))
                        .map(proof));
    }

    /** Those of the names who have a password. */
    public Future<Set<String>> able(SqlClient client, Set<String> names) {
        return store.able(client, names);
    }

    /** As names are written here, however they are typed; PostgreSQL knows no text with a NUL in it, and nobody is called so. */
    static String written(String typed) {
        return typed.strip().toLowerCase(Locale.ROOT).replace('\0', ' ');
    }

    private static Refusal blocked(Visitor visitor) {
        return new Refusal(Fault.ADDRESS_BLOCKED, "address=" + visitor.address().text());
    }
}
