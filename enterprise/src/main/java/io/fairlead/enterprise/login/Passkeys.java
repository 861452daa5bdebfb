package io.fairlead.enterprise.login;

import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.RegistrationData;
import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.login.Session.Opened;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/**
 * Passkeys as second factor: asked for after the password where a person may do what is guarded, or has one. Each challenge
 * is for one purpose, five minutes and one answer, whatever that is; any node takes it.
 */
public final class Passkeys {
    private static final Duration LIFE = Duration.ofMinutes(5);
    /** Whoever has none yet may register his first so long after he has proved his password. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private static final int CHALLENGE_BYTES = 32;
    private static final int LONGEST_NAME = 64;
    private static final int MOST = 20;

    private final Database database;
    private final Rights rights;
    private final Sessions sessions;
    private final LoginPolicy policy;
    private final LoginKeys keys;
    private final Audit audit;
    private final Clock clock;
    private final SecureRandom random;
    private final WebAuthn webAuthn;
    private final PasskeyStore store = new PasskeyStore();

    public Passkeys(
            Database database,
            Rights rights,
            Sessions sessions,
            LoginPolicy policy,
            LoginKeys keys,
            Audit audit,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.rights = rights;
        this.sessions = sessions;
        this.policy = policy;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
        this.webAuthn = new WebAuthn(policy);
    }

    /** A person's own. */
    public Future<List<Passkey>> of(String person) {
        return store.list(database.pool(), person);
    }

    /**
     * What {@code navigator.credentials.create} takes, to register one more. Fails with Refusal: PASSKEY_NEEDED when one that
     * is there must confirm it first; CONFLICT when a first one takes a link of an administrator, or a log-in that is
     * fresher.
     */
    public Future<JsonObject> askNew(Session session) {
        return mayAdd(session).compose(may -> askNew("add:" + session.id(), session.person(), session.displayName()));
    }

    /** Registers it. Fails as {@link #askNew}, and with PASSKEY_REFUSED. */
    public Future<Void> add(Session session, JsonObject credential, String name) {
        return mayAdd(session)
                .compose(may -> read("add:" + session.id(), session.person(), credential, name))
                .compose(registered -> database.inTransaction(
                        connection -> insert(connection, session.actor().audited(), session.person(), registered)));
    }

    private Future<Void> mayAdd(Session session) {
        if (session.confirmed()) {
            return Future.succeededFuture();
        }
        return store.count(database.pool(), session.person()).compose(count -> {
            if (count > 0) {
                return Future.failedFuture(new Refusal(Fault.PASSKEY_NEEDED, "another one confirms it"));
            }
            return rights.of(session.actor()).compose(entitlement -> {
                // Else a stolen password would give its thief the passkey that it needs.
                if (entitlement.needsPasskey()) {
                    return Future.failedFuture(new Refusal(
                            Fault.CONFLICT, "your first passkey is registered by a link from an administrator"));
                }
                return session.passwordAt().plus(FRESH).isAfter(clock.instant())
                        ? Future.succeededFuture()
                        : Future.failedFuture(
                                new Refusal(Fault.CONFLICT, "log in again first: the password was proved long ago"));
            });
        });
    }

    Future<JsonObject> askNew(String purpose, String person, String displayName) {
        return store.list(database.pool(), person)
                .compose(there -> there.size() >= MOST
                        ? Future.failedFuture(new Refusal(Fault.CONFLICT, "there are " + MOST + " passkeys already"))
                        : challenge(purpose)
                                .map(challenge -> webAuthn.creation(
                                        challenge, keys.userHandle(person), person, displayName, there)));
    }

    /** Checks a registration and uses its challenge up. */
    Future<WebAuthn.Registered> read(String purpose, String person, JsonObject credential, String name) {
        return guarded(() -> {
            String plain = name.strip();
            if (plain.isEmpty()
                    || plain.length() > LONGEST_NAME
                    || plain.codePoints().anyMatch(Character::isISOControl)) {
                throw new Refusal(Fault.INVALID, "a passkey's name has 1 to " + LONGEST_NAME + " characters");
            }
            RegistrationData data = webAuthn.registration(credential);
            byte[] challenge = WebAuthn.challenge(data.getCollectedClientData());
            return answered(challenge, purpose).map(known -> webAuthn.check(data, challenge, plain, clock.instant()));
        });
    }

    Future<Void> insert(SqlConnection connection, String actor, String person, WebAuthn.Registered registered) {
        return store.insert(connection, person, registered.passkey(), registered.kept())
                .compose(inserted -> inserted
                        ? record(
                                connection,
                                actor,
                                AuditCode.PASSKEY_ADDED,
                                person,
                                name(registered.passkey().name()))
                        : Future.failedFuture(new Refusal(Fault.CONFLICT, "this passkey is registered already")));
    }

    /** Removes all of a person, in the caller's transaction. */
    Future<Void> removeAll(SqlConnection connection, String actor, String person) {
        return store.removeAll(connection, person, clock.instant())
                .compose(count -> count == 0
                        ? Future.succeededFuture()
                        : record(connection, actor, AuditCode.PASSKEY_REMOVED, person, "all=" + count));
    }

    /**
     * Removes one. Fails with Refusal: PASSKEY_NEEDED; CONFLICT when it is the last and the person needs one; NOT_FOUND.
     *
     * @param id as {@link Passkey#id()}
     */
    public Future<Void> remove(Session session, String id) {
        if (!session.confirmed()) {
            return Future.failedFuture(new Refusal(Fault.PASSKEY_NEEDED, "a passkey confirms its removal"));
        }
        return rights.of(session.actor())
                .compose(entitlement -> database.inTransaction(connection -> store.lockAll(connection, session.person())
                        .compose(count -> {
                            if (count == 1 && policy.passkeys() && entitlement.needsPasskey()) {
                                return Future.failedFuture(
                                        new Refusal(Fault.CONFLICT, "it is your last, and what you may do needs one"));
                            }
                            return store.remove(connection, credential(id), session.person(), clock.instant());
                        })
                        .compose(removed -> record(
                                connection,
                                session.actor().audited(),
                                AuditCode.PASSKEY_REMOVED,
                                session.person(),
                                name(removed.orElseThrow(() -> new Refusal(Fault.NOT_FOUND, "no such passkey")))))));
    }

    /**
     * What {@code navigator.credentials.get} takes, to confirm a session. Fails with Refusal(CONFLICT) when the person has
     * none.
     */
    public Future<JsonObject> ask(Session session) {
        return ask("confirm:" + session.id(), session.person());
    }

    /** Confirms the session: it goes on under a new token. Fails with Refusal(PASSKEY_REFUSED). */
    public Future<Opened> confirm(Session session, JsonObject credential) {
        return prove("confirm:" + session.id(), session, credential)
                .compose(proved -> database.inTransaction(connection -> sessions.confirmed(connection, session)
                        .compose(opened -> record(
                                        connection,
                                        session.actor().audited(),
                                        AuditCode.LOGIN_CONFIRMED,
                                        session.person(),
                                        "session=" + session.id())
                                .map(opened))));
    }

    Future<JsonObject> ask(String purpose, String person) {
        return store.list(database.pool(), person)
                .compose(there -> there.isEmpty()
                        ? Future.failedFuture(new Refusal(
                                Fault.CONFLICT, "you have no passkey; an administrator makes a link to register one"))
                        : challenge(purpose).map(challenge -> webAuthn.request(challenge, there)));
    }

    /** That the person of the session holds one of his passkeys, now, for that purpose. */
    Future<Void> prove(String purpose, Session session, JsonObject credential) {
        return guarded(() -> {
                    AuthenticationData data = webAuthn.assertion(credential);
                    byte[] challenge = WebAuthn.challenge(data.getCollectedClientData());
                    return answered(challenge, purpose)
                            .compose(known -> database.inTransaction(
                                    connection -> prove(connection, session.person(), data, challenge)));
                })
                .recover(failure -> failure instanceof Refusal refusal && refusal.fault() == Fault.PASSKEY_REFUSED
                        ? audit.record(new AuditEntry(
                                        session.actor().audited(),
                                        AuditCode.PASSKEY_REFUSED,
                                        "person:" + session.person(),
                                        "session=" + session.id() + " why=\"" + failure.getMessage() + '"'))
                                .compose(recorded -> Future.failedFuture(failure))
                        : Future.failedFuture(failure));
    }

    private Future<Void> prove(SqlConnection connection, String person, AuthenticationData data, byte[] challenge) {
        byte[] credential = data.getCredentialId();
        return store.lock(connection, credential, person).compose(found -> {
            PasskeyStore.Kept kept =
                    found.orElseThrow(() -> new Refusal(Fault.PASSKEY_REFUSED, "not a passkey of this person"));
            return store.used(connection, credential, webAuthn.check(data, challenge, kept), clock.instant());
        });
    }

    private Future<byte[]> challenge(String purpose) {
        byte[] challenge = new byte[CHALLENGE_BYTES];
        random.nextBytes(challenge);
        return store.ask(
                        database.pool(),
                        digest(challenge),
                        purpose,
                        clock.instant().plus(LIFE))
                .map(challenge);
    }

    private Future<Void> answered(byte[] challenge, String purpose) {
        return store.answer(database.pool(), digest(challenge), purpose, clock.instant())
                .compose(known -> known
                        ? Future.succeededFuture()
                        : Future.failedFuture(new Refusal(
                                Fault.PASSKEY_REFUSED, "the challenge is not ours, too old, used, or another one's")));
    }

    private static String digest(byte[] challenge) {
        return Token.sha256(challenge);
    }

    private static byte[] credential(String id) {
        try {
            return Base64.getUrlDecoder().decode(id);
        } catch (IllegalArgumentException noBase64) {
            throw new Refusal(Fault.NOT_FOUND, "no such passkey", noBase64);
        }
    }

    private static <T> Future<T> guarded(Supplier<Future<T>> step) {
        try {
            return step.get();
        } catch (Refusal refused) {
            return Future.failedFuture(refused);
        }
    }

    private static String name(String name) {
        return "name=\"" + name + '"';
    }

    private Future<Void> record(SqlConnection connection, String actor, AuditCode code, String person, String detail) {
        return audit.record(connection, new AuditEntry(actor, code, "person:" + person, detail));
    }
}
