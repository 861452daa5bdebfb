package io.fairlead.enterprise.account;

import io.fairlead.enterprise.account.CertificateStore.Pinned;
import io.fairlead.enterprise.account.RefusedCalls.Refused;
import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.login.Address;
import io.fairlead.enterprise.login.LockOut;
import io.fairlead.enterprise.people.Actor;
import io.vertx.core.Future;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Judges the client certificate of each call, by one look into the database: TLS has proved that the caller has its key, and
 * nothing else. To be asked at every request, for a resumed handshake looked at nothing: from the moment in which a
 * certificate ends, is removed, or its account is disabled, no further request is taken on any connection.
 *
 * <p>A wrong certificate is counted and told as a wrong password is. The right one is taken also while its address is
 * blocked: nobody guesses a key, so nobody who fails beside it may lock it out.
 */
public final class CertifiedAccounts {
    private static final Duration NOTED = Duration.ofHours(1);

    private final Database database;
    private final Audit audit;
    private final Clock clock;
    private final RefusedCalls refusals;
    private final CertificateStore store = new CertificateStore();

    public CertifiedAccounts(Database database, LockOut lockOut, Audit audit, FailedCalls failedCalls, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.refusals = new RefusedCalls(database, lockOut, audit, failedCalls);
    }

    /**
     * Who calls; confirmed, whether the account is limited to addresses or not. Fails with Refusal: ACCOUNT_REFUSED whatever
     * is wrong, ADDRESS_BLOCKED.
     *
     * @param shown the peer's own certificate, of whose key TLS has seen a proof
     * @param call for the account's list of failed calls
     */
    public Future<Actor> judge(X509Certificate shown, Address address, Call call) {
        String sha256 = ClientCertificate.sha256(shown);
        return store.pinned(database.pool(), sha256).compose(found -> {
            if (found.isEmpty()) {
                return refusals.refuse(new Refused("", Why.UNPINNED, false, " certificate=" + sha256), address, call);
            }
            Pinned one = found.get();
            Why why = why(one, address);
            return why == null
                    ? taken(one, sha256, address)
                    : refusals.refuse(new Refused(one.account(), why, true, " certificate=" + sha256), address, call);
        });
    }

    private @Nullable Why why(Pinned one, Address address) {
        Instant now = clock.instant();
        if (one.removed()) {
            return Why.REMOVED;
        }
        if (now.isBefore(one.notBefore())) {
            return Why.EARLY;
        }
        if (!now.isBefore(one.notAfter())) {
            return Why.EXPIRED;
        }
        if (one.disabled()) {
            return Why.DISABLED;
        }
        return one.limit().lets(address) ? null : Why.ADDRESS;
    }

    private Future<Actor> taken(Pinned one, String sha256, Address address) {
        Actor actor = Actor.integration(one.account(), true);
        Instant now = clock.instant();
        Instant stale = now.minus(NOTED);
        if (one.usedAt() != null && one.usedAt().isAfter(stale)) {
            return Future.succeededFuture(actor);
        }
        return database.inTransaction(connection -> store.used(connection, one.id(), now, stale, address.text())
                .compose(first -> first
                        ? audit.record(
                                connection,
                                new AuditEntry(
                                        actor.audited(),
                                        AuditCode.ACCOUNT_CERTIFICATE_USED,
                                        actor.audited(),
                                        "certificate=" + sha256 + " address=" + address.text()))
                        : Future.succeededFuture())
                .map(actor));
    }
}
