package io.fairlead.enterprise.account;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Person;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates an account may call with. By the rules of {@link AccountRegister}: whoever adds one could act as the
 * account, and no account does any of this. Each deed is one transaction with its entry in the audit.
 */
public final class CertificateRegister {
    /** Of an account at once, those that have ended among them. */
    public static final int MOST = 4;

    private static final Duration LONGEST = Duration.ofDays(Lifetime.LONGEST);
    private static final int LEAST_DIGITS = 8;

    private final Database database;
    private final AccountRegister accounts;
    private final Audit audit;
    private final Clock clock;
    private final AccountStore locks = new AccountStore();
    private final CertificateStore store = new CertificateStore();

    public CertificateRegister(Database database, AccountRegister accounts, Audit audit, Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Takes a certificate for an account; one that it has already gets another end. Fails with Refusal: NOT_FOUND, FORBIDDEN,
     * PASSKEY_NEEDED; INVALID when it has ended; CONFLICT when another account has it or this one has too many.
     *
     * @param until an earlier end than its own; null for its own, {@value Lifetime#LONGEST} days ahead at most
     * @return when it ends
     */
    public Future<Instant> add(Actor actor, String name, ClientCertificate certificate, @Nullable Instant until) {
        return database.inTransaction(connection -> accounts.actAs(connection, actor, name)
                .compose(account -> locks.lock(connection, name).map(account))
                .compose(account -> {
                    Instant now = clock.instant();
                    Instant end = end(certificate, until, now);
                    return store.end(connection, name, certificate.sha256(), now)
                            .compose(again -> store.of(connection, name))
                            .compose(others -> inserted(connection, name, certificate, end, others, actor))
                            .compose(id -> record(
                                    connection,
                                    actor,
                                    AuditCode.ACCOUNT_CERTIFICATE_ADDED,
                                    account,
                                    certificate.sha256() + " notAfter=" + end))
                            .map(end);
                }));
    }

    private static Instant end(ClientCertificate certificate, @Nullable Instant until, Instant now) {
        if (!certificate.notAfter().isAfter(now)) {
            throw new Refusal(Fault.INVALID, "this certificate has ended at " + certificate.notAfter());
        }
        Instant farthest = now.plus(LONGEST);
        Instant own = certificate.notAfter().isBefore(farthest) ? certificate.notAfter() : farthest;
        if (until != null && (!until.isAfter(now) || until.isAfter(own))) {
            throw new Refusal(
                    Fault.INVALID, "this certificate can be taken until " + own + " at most, and not until " + until);
        }
        return until == null ? own : until;
    }

    private Future<Long> inserted(
            SqlConnection connection,
            String name,
            ClientCertificate certificate,
            Instant end,
            List<AccountCertificate> others,
            Actor actor) {
        if (others.size() >= MOST) {
            throw new Refusal(Fault.CONFLICT, name + " has " + MOST + " certificates: remove one first");
        }
        return store.insert(connection, name, certificate, end, clock.instant(), actor.audited())
                .map(id -> id.orElseThrow(() -> new Refusal(
                        Fault.CONFLICT, "another account has this certificate, and a certificate is of one account")));
    }

    /**
     * From now on no request with it is taken, on whatever connection.
     *
     * @param fingerprint its SHA-256, with or without colons; its first {@value #LEAST_DIGITS} digits or more
     * @return the whole of it; fails with Refusal: NOT_FOUND, FORBIDDEN, PASSKEY_NEEDED, INVALID when it is none; CONFLICT
     *     when two begin so
     */
    public Future<String> remove(Actor actor, String name, String fingerprint) {
        String digits = fingerprint.replace(":", "").toLowerCase(Locale.ROOT);
        return database.inTransaction(connection -> accounts.manage(connection, actor, name)
                .compose(account -> store.of(connection, name).compose(all -> {
                    String sha256 = one(all, digits);
                    return store.end(connection, name, sha256, clock.instant())
                            .compose(ended -> ended
                                    ? record(connection, actor, AuditCode.ACCOUNT_CERTIFICATE_REMOVED, account, sha256)
                                    : Future.failedFuture(none()))
                            .map(sha256);
                })));
    }

    private static String one(List<AccountCertificate> all, String digits) {
        if (!digits.matches("[0-9a-f]{" + LEAST_DIGITS + ",64}")) {
            throw new Refusal(
                    Fault.INVALID,
                    "a certificate is named by the " + LEAST_DIGITS + " first digits of its SHA-256, or more of them");
        }
        List<String> found = all.stream()
                .map(each -> each.certificate().sha256())
                .filter(each -> each.startsWith(digits))
                .toList();
        if (found.size() > 1) {
            throw new Refusal(Fault.CONFLICT, "two certificates begin so: more digits, please");
        }
        return found.stream().findFirst().orElseThrow(CertificateRegister::none);
    }

    private static Refusal none() {
        return new Refusal(Fault.NOT_FOUND, "the account has no such certificate");
    }

    private Future<Void> record(
            SqlConnection connection, Actor actor, AuditCode code, Person account, String certificate) {
        return audit.record(
                connection, new AuditEntry(actor.audited(), code, account.audited(), "certificate=" + certificate));
    }
}
