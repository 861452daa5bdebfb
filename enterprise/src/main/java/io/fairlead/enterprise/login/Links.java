package io.fairlead.enterprise.login;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.people.Scope;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One-time links by which people set their passwords and register passkeys: 256 random bits in the fragment of a URL, which
 * browsers send to nobody, good once, for a day. Somebody else makes them: nobody recovers himself.
 */
public final class Links {
    /** How long one is good for. */
    public static final Duration LIFE = Duration.ofHours(24);
    /** Where the page is; the token follows behind {@code #}. */
    public static final String PATH = "/login/link";

    private final Database database;
    private final Rights rights;
    private final Passkeys passkeys;
    private final Sessions sessions;
    private final FirstPerson firstPerson;
    private final LoginPolicy policy;
    private final LoginKeys keys;
    private final Audit audit;
    private final Clock clock;
    private final SecureRandom random;
    private final PasskeyStore passkeyStore = new PasskeyStore();
    private final PasswordStore passwords = new PasswordStore();
    private final LinkStore store = new LinkStore();

    public Links(
            Database database,
            Rights rights,
            Passkeys passkeys,
            Sessions sessions,
            FirstPerson firstPerson,
            LoginPolicy policy,
            LoginKeys keys,
            Audit audit,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.rights = rights;
        this.passkeys = passkeys;
        this.sessions = sessions;
        this.firstPerson = firstPerson;
        this.policy = policy;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
    }

    /** A link, told once, and when it ends. */
    public record Link(String url, Instant notAfter) {
        @Override
        public String toString() {
            return "Link[notAfter=" + notAfter + "]";
        }
    }

    /**
     * What a link opens.
     *
     * @param person null to make the first administrator
     */
    record Open(@Nullable String person, @Nullable String displayName, boolean newPasskey, String madeBy) {}

    /**
     * What a page must know to ask for the right things.
     *
     * @param person empty to make the first administrator, who names himself
     * @param passkeyNeeded whether the link is used with a new passkey only
     */
    public record Looked(String person, String displayName, boolean passkeyNeeded) {}

    /** Who the first administrator shall be. */
    public record Newcomer(String name, String displayName, String organisation) {}

    /** A passkey that was just made, with the name that its owner gives it. */
    public record NewPasskey(JsonObject credential, String name) {}

    /**
     * Makes one for a person; those there are for him die. Fails with Refusal: FORBIDDEN, also for oneself; PASSKEY_NEEDED;
     * NOT_FOUND for nobody, an account, and a disabled person.
     *
     * @param newPasskey whether his passkeys are removed when it is used: they are lost, or stolen
     */
    public Future<Link> make(Actor actor, String person, boolean newPasskey) {
        String name = LogIns.written(person);
        if (actor.is(name)) {
            return Future.failedFuture(new Refusal(Fault.FORBIDDEN, "nobody makes a link for himself"));
        }
        if (actor.isAccount()) {
            return Future.failedFuture(
                    new Refusal(Fault.FORBIDDEN, "whoever has a link is that person, so no account makes one"));
        }
        return store.person(database.pool(), name)
                // Who may not, does not learn here who is there.
                .compose(found -> rights.must(
                                actor,
                                Action.MANAGE_PEOPLE,
                                Scope.ofPeople(
                                        found.map(LinkStore.Person::customer).orElse(null)))
                        .map(found))
                .map(found -> found.orElseThrow(
                        () -> new Refusal(Fault.NOT_FOUND, "there is nobody of that name, or he is disabled")))
                .compose(known ->
                        rights.mustStandAbove(actor, name, known.customer()).map(known))
                .compose(known -> database.inTransaction(connection -> store.withdraw(connection, name, clock.instant())
                        .compose(withdrawn -> insert(connection, actor.audited(), name, newPasskey))));
    }

    /** One to make the first administrator; empty when somebody has a password already. */
    public Future<Optional<Link>> first(String actor) {
        return passwords
                .any(database.pool())
                .compose(any -> any
                        ? Future.succeededFuture(Optional.empty())
                        : database.inTransaction(connection ->
                                insert(connection, actor, null, false).map(Optional::of)));
    }

    private Future<Link> insert(SqlConnection connection, String actor, @Nullable String person, boolean newPasskey) {
        Token token = Token.fresh(random);
        Instant now = clock.instant();
        Link link = new Link(policy.origin() + PATH + "#" + token.value(), now.plus(LIFE));
        return store.insert(connection, token.sha256(), person, newPasskey, actor, now, link.notAfter())
                .compose(made -> audit.record(
                        connection,
                        new AuditEntry(
                                actor,
                                AuditCode.LOGIN_LINK_MADE,
                                person == null ? "" : "person:" + person,
                                (person == null ? "for=first-administrator " : "newPasskey=" + newPasskey + " ")
                                        + "notAfter=" + link.notAfter())))
                .map(link);
    }

    /** What it opens, without using it up. Fails with Refusal(LINK_REFUSED). */
    public Future<Looked> look(String token) {
        return open(token)
                .compose(open -> needsPasskey(open)
                        .map(needed -> new Looked(
                                open.person() == null ? "" : open.person(),
                                open.displayName() == null ? "" : open.displayName(),
                                needed)));
    }

    private Future<Open> open(String token) {
        return Token.parse(token)
                .map(good -> store.find(database.pool(), good.sha256(), clock.instant())
                        .compose(found -> found.map(this::stillFirst).orElseGet(() -> Future.failedFuture(refused()))))
                .orElseGet(() -> Future.failedFuture(refused()));
    }

    private Future<Open> stillFirst(Open open) {
        return open.person() != null
                ? Future.succeededFuture(open)
                : passwords
                        .any(database.pool())
                        .compose(any -> any ? Future.failedFuture(refused()) : Future.succeededFuture(open));
    }

    private Future<Boolean> needsPasskey(Open open) {
        if (!policy.passkeys()) {
            return Future.succeededFuture(false);
        }
        String person = open.person();
        if (person == null || open.newPasskey()) {
            return Future.succeededFuture(true);
        }
        return rights.of(Actor.person(person, false))
                .compose(entitlement -> entitlement.needsPasskey()
                        ? passkeyStore.count(database.pool(), person).map(count -> count == 0)
                        : Future.succeededFuture(false));
    }

    /**
     * What {@code navigator.credentials.create} takes, for whoever holds the link.
     *
     * @param newcomer who the first administrator shall be; not looked at for a link that is somebody's
     */
    public Future<JsonObject> askPasskey(String token, @Nullable Newcomer newcomer) {
        return open(token).compose(open -> {
            String person = open.person() != null ? open.person() : newcomer == null ? "" : newcomer.name();
            String shown =
                    open.displayName() != null ? open.displayName() : newcomer == null ? "" : newcomer.displayName();
            return person.isBlank()
                    ? Future.failedFuture(new Refusal(Fault.INVALID, "the first administrator has a name"))
                    : passkeys.askNew(purpose(token), LogIns.written(person), shown.isBlank() ? person : shown);
        });
    }

    /**
     * Uses it up: the password is set, the passkey registered, all sessions of the person end. Fails with Refusal:
     * LINK_REFUSED; INVALID when a passkey is missing, or the first administrator's name; PASSKEY_REFUSED.
     */
    public Future<String> use(
            String token, PasswordKeys password, @Nullable NewPasskey passkey, @Nullable Newcomer newcomer) {
        return open(token)
                .compose(open -> needsPasskey(open).compose(needed -> {
                    String person = open.person() != null
                            ? open.person()
                            : newcomer == null ? "" : LogIns.written(newcomer.name());
                    if (person.isEmpty()) {
                        return Future.failedFuture(new Refusal(Fault.INVALID, "the first administrator has a name"));
                    }
                    if (needed && passkey == null) {
                        return Future.failedFuture(
                                new Refusal(Fault.PASSKEY_NEEDED, "this link is used with a new passkey"));
                    }
                    Future<Optional<WebAuthn.Registered>> registered = passkey == null
                            ? Future.succeededFuture(Optional.empty())
                            : passkeys.read(purpose(token), person, passkey.credential(), passkey.name())
                                    .map(Optional::of);
                    return registered.compose(checked -> database.inTransaction(
                            connection -> use(connection, token, open, person, newcomer, password, checked)
                                    .map(person)));
                }));
    }

    private Future<Void> use(
            SqlConnection connection,
            String token,
            Open open,
            String person,
            @Nullable Newcomer newcomer,
            PasswordKeys password,
            Optional<WebAuthn.Registered> passkey) {
        String actor = "person:" + person;
        return store.use(connection, new Token(token).sha256(), clock.instant())
                .compose(used -> used ? Future.succeededFuture() : Future.failedFuture(refused()))
                .compose(used -> open.person() == null && newcomer != null
                        ? first(connection, open.madeBy(), person, newcomer)
                        : Future.succeededFuture())
                .compose(there -> passwords.set(
                        connection, person, keys.sealPassword(password, person), keys.id(), clock.instant()))
                .compose(set -> audit.record(
                        connection,
                        new AuditEntry(actor, AuditCode.PASSWORD_SET, actor, "by=link made-by=" + open.madeBy())))
                .compose(set ->
                        open.newPasskey() ? passkeys.removeAll(connection, actor, person) : Future.succeededFuture())
                .compose(removed -> passkey.isPresent()
                        ? passkeys.insert(connection, actor, person, passkey.get())
                        : Future.succeededFuture())
                .compose(added -> sessions.endAll(connection, actor, person, "password set by link"))
                .mapEmpty();
    }

    private Future<Void> first(SqlConnection connection, String madeBy, String person, Newcomer newcomer) {
        return store.oneAtATime(connection)
                .compose(alone -> passwords.any(connection))
                .compose(any -> any
                        ? Future.failedFuture(refused())
                        : firstPerson.make(
                                connection, madeBy, person, newcomer.displayName(), newcomer.organisation()));
    }

    /** A person is disabled: his links and sessions are over, in the caller's transaction. */
    public Future<Void> ended(SqlConnection connection, String person) {
        return store.withdraw(connection, person, clock.instant())
                .compose(withdrawn -> sessions.endAll(connection, "server", person, "disabled"))
                .mapEmpty();
    }

    private static String purpose(String token) {
        return "link:" + new Token(token).sha256();
    }

    private static Refusal refused() {
        return new Refusal(Fault.LINK_REFUSED, "unknown, used, withdrawn or too old");
    }
}
