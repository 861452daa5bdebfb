package io.fairlead.enterprise.account;

import io.fairlead.enterprise.account.AccountStore.Known;
import io.fairlead.enterprise.account.AccountStore.Verifier;
import io.fairlead.enterprise.account.RefusedCalls.Refused;
import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.login.Address;
import io.fairlead.enterprise.login.LockOut;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.NewPerson;
import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges the name and the password of each call of another system: one look into the database and one SHA-256, so that a
 * client may call as often as it likes.
 *
 * <p>Whatever is wrong, the answer is the same, and so is what it costs. Ten wrong ones from an address (IPv6: a /64) block
 * it, until 30 minutes have passed without another, by the rules of {@link LockOut} and by counters of their own; the right
 * password of an account that is limited to addresses is taken all the same, so that nobody behind a hospital's router can
 * lock out the hospital's own system. While it is blocked, no attempt writes a row of the audit.
 */
public final class Accounts {
    private static final Duration NOTED = Duration.ofHours(1);
    /** Stands for what cannot be a password, so that it costs the same. */
    private static final AccountSecret DECOY = new AccountSecret("");

    private static final String NOBODY = "";

    private final Database database;
    private final LockOut lockOut;
    private final Audit audit;
    private final FailedCalls failedCalls;
    private final Clock clock;
    private final RefusedCalls refusals;
    private final AccountStore store = new AccountStore();

    public Accounts(Database database, LockOut lockOut, Audit audit, FailedCalls failedCalls, Clock clock) {
        this.database = database;
        this.lockOut = lockOut;
        this.audit = audit;
        this.failedCalls = failedCalls;
        this.clock = clock;
        this.refusals = new RefusedCalls(database, lockOut, audit, failedCalls);
    }

    /**
     * @param why null when nothing is wrong
     * @param shown the password that was
     */
    private record Judged(@Nullable Why why, @Nullable Verifier shown, boolean limited) {}

    /**
     * Who calls. Fails with Refusal: ACCOUNT_REFUSED whatever is wrong, ADDRESS_BLOCKED.
     *
     * @param name as it was sent; people's names and passwords are refused, and compared with nothing
     * @param address as {@link io.fairlead.enterprise.login.Proxies} has it
     * @param call for the account's list of failed calls
     */
    public Future<Actor> judge(String name, String password, Address address, Call call) {
        String typed = NewPerson.isName(name) ? name : NOBODY;
        return store.known(database.pool(), typed).compose(known -> {
            Judged judged = judged(typed, password, address, known);
            Verifier shown = judged.shown();
            if (judged.why() == null && shown != null) {
                return taken(typed, judged.limited(), shown, address, call);
            }
            boolean there = known.filter(Known::account).isPresent();
            Why why = judged.why() == null ? Why.WRONG : judged.why();
            return refusals.refuse(new Refused(typed, why, there, ""), address, call);
        });
    }

    /** Whether there is any account at all, so that somebody may call. */
    public Future<Boolean> any() {
        return store.any(database.pool());
    }

    private Judged judged(String name, String password, Address address, Optional<Known> known) {
        boolean may = AccountSecret.is(password);
        byte[] shown = (may ? new AccountSecret(password) : DECOY).sha256(name);
        if (known.isEmpty()) {
            return new Judged(Why.UNKNOWN, null, false);
        }
        Known one = known.get();
        Verifier right = null;
        for (Verifier each : one.passwords()) {
            if (MessageDigest.isEqual(each.sha256(), shown) && may) {
                right = each;
            }
        }
        return new Judged(why(one, right, address), right, one.limit().isThere());
    }

    private @Nullable Why why(Known one, @Nullable Verifier right, Address address) {
        if (!one.account()) {
            return Why.PERSON;
        }
        if (right == null) {
            return Why.WRONG;
        }
        if (!clock.instant().isBefore(right.notAfter())) {
            return Why.ENDED;
        }
        if (one.disabled()) {
            return Why.DISABLED;
        }
        return one.limit().lets(address) ? null : Why.ADDRESS;
    }

    private Future<Actor> taken(String account, boolean limited, Verifier shown, Address address, Call call) {
        Actor actor = Actor.integration(account, limited);
        Future<Boolean> blocked =
                limited ? Future.succeededFuture(false) : lockOut.isBlocked(lockOut.ofAccounts(address));
        return blocked.compose(is -> {
            if (is) {
                failedCalls.note(actor, call, Fault.ADDRESS_BLOCKED, "", address);
                return Future.failedFuture(RefusedCalls.refusal(Fault.ADDRESS_BLOCKED, address, "account=" + account));
            }
            Instant now = clock.instant();
            Instant stale = now.minus(NOTED);
            boolean noted = shown.usedAt() != null && shown.usedAt().isAfter(stale);
            return noted ? Future.succeededFuture(actor) : used(actor, shown, address, now, stale);
        });
    }

    private Future<Actor> used(Actor actor, Verifier shown, Address address, Instant now, Instant stale) {
        return database.inTransaction(connection -> store.used(connection, shown.id(), now, stale, address.text())
                .compose(first -> first
                        ? audit.record(
                                connection,
                                new AuditEntry(
                                        actor.audited(),
                                        AuditCode.ACCOUNT_PASSWORD_USED,
                                        actor.audited(),
                                        "password=" + shown.id() + " address=" + address.text()))
                        : Future.succeededFuture())
                .map(actor));
    }
}
