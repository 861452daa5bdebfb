package io.fairlead.enterprise.login;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Confirms a session of the command line by a passkey in a browser, since a terminal reaches none: the command line shows a
 * code, the same person opens it in a browser where he is logged in, sees what it is for, and shows his passkey for it. A
 * code is bound to the session that asked, good once, for five minutes.
 */
public final class Confirmations {
    /** Where the page is; the code follows behind {@code #}. */
    public static final String PATH = "/account/confirm";

    private static final Duration LIFE = Duration.ofMinutes(5);
    // Without letters that look like digits.
    private static final String DIGITS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 10;

    private final Database database;
    private final Sessions sessions;
    private final Passkeys passkeys;
    private final LoginPolicy policy;
    private final Audit audit;
    private final Clock clock;
    private final SecureRandom random;
    private final ConfirmationStore store = new ConfirmationStore();

    public Confirmations(
            Database database,
            Sessions sessions,
            Passkeys passkeys,
            LoginPolicy policy,
            Audit audit,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.sessions = sessions;
        this.passkeys = passkeys;
        this.policy = policy;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
    }

    /** A code and the page that takes it. */
    public record Code(String code, String url, Instant notAfter) {
        @Override
        public String toString() {
            return "Code[notAfter=" + notAfter + "]";
        }
    }

    /** A code for a session of the command line; the one before dies. */
    public Future<Code> make(Session session) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            digits.append(i == LENGTH / 2 ? "-" : "").append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        Instant now = clock.instant();
        Code code = new Code(digits.toString(), policy.origin() + PATH + "#" + digits, now.plus(LIFE));
        return database.inTransaction(
                        connection -> store.insert(connection, sha256(code.code()), session.id(), now, code.notAfter()))
                .map(code);
    }

    /** What a code is for. Fails with Refusal(NOT_FOUND), also when it is somebody else's. */
    public Future<Session> look(Session browser, String code) {
        return store.find(database.pool(), sha256(code), clock.instant())
                .compose(found -> found.map(sessions::still).orElseGet(() -> Future.succeededFuture(Optional.empty())))
                .map(found -> found.filter(one -> one.person().equals(browser.person()))
                        .orElseThrow(Confirmations::unknown));
    }

    /** What {@code navigator.credentials.get} takes, to confirm that session and no other. */
    public Future<JsonObject> ask(Session browser, String code) {
        return look(browser, code).compose(known -> passkeys.ask(purpose(browser, code), browser.person()));
    }

    /** Confirms it. Fails with Refusal: NOT_FOUND, PASSKEY_REFUSED. */
    public Future<Session> confirm(Session browser, String code, JsonObject credential) {
        return look(browser, code)
                .compose(session -> passkeys.prove(purpose(browser, code), browser, credential)
                        .compose(proved -> database.inTransaction(connection -> store.use(
                                        connection, sha256(code), clock.instant())
                                .compose(used -> used
                                        ? sessions.confirmedElsewhere(connection, session)
                                        : Future.failedFuture(unknown()))
                                .compose(confirmed -> audit.record(
                                                connection,
                                                new AuditEntry(
                                                        browser.actor().audited(),
                                                        AuditCode.LOGIN_CONFIRMED,
                                                        browser.actor().audited(),
                                                        "session=" + session.id() + " by-session=" + browser.id()))
                                        .map(confirmed)))));
    }

    private static String purpose(Session browser, String code) {
        return "code:" + sha256(code) + ":" + browser.id();
    }

    private static String sha256(String code) {
        String plain = code.strip().toUpperCase(Locale.ROOT).replace("-", "").replace(" ", "");
        return Token.sha256(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static Refusal unknown() {
        return new Refusal(Fault.NOT_FOUND, "no such code, or used, or too old, or somebody else's");
    }
}
