package io.fairlead.enterprise.account;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.login.Address;
import io.fairlead.enterprise.login.LockOut;
import io.fairlead.enterprise.login.LockOut.Counted;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;

/**
 * Refuses callers: one answer whatever is wrong, counted by {@link LockOut}, told in the audit while it is one of the first,
 * and in the account's list of failed calls.
 */
final class RefusedCalls {
    private final Database database;
    private final LockOut lockOut;
    private final Audit audit;
    private final FailedCalls failedCalls;

    RefusedCalls(Database database, LockOut lockOut, Audit audit, FailedCalls failedCalls) {
        this.database = database;
        this.lockOut = lockOut;
        this.audit = audit;
        this.failedCalls = failedCalls;
    }

    /**
     * A caller that is refused.
     *
     * @param name that it said, or whose certificate it showed; empty when nobody's
     * @param there whether that is an account
     * @param shown more for the audit: empty, or what was shown, with a space before it; never a secret
     */
    record Refused(String name, Why why, boolean there, String shown) {
        AuditEntry entry(String who) {
            // A name that nobody has may be a password in the wrong field: it is not written down.
            String subject = switch (why) {
                case UNKNOWN, UNPINNED -> "";
                case PERSON -> Actor.person(name, false).audited();
                default -> Actor.integration(name, false).audited();
            };
            return new AuditEntry(who, AuditCode.ACCOUNT_REFUSED, subject, "why=" + why.key() + shown);
        }

        String detail() {
            return (there ? "account=" + name + " " : "") + "why=" + why.key() + shown;
        }
    }

    /** Counts it, and tells it while it is one of the first; what it wrote is committed. Fails with Refusal: ACCOUNT_REFUSED, ADDRESS_BLOCKED. */
    Future<Actor> refuse(Refused refused, Address address, Call call) {
        Counted counted = lockOut.ofAccounts(address);
        return database.inTransaction(connection -> lockOut.count(connection, counted)
                        .compose(failures -> {
                            if (failures > LockOut.MOST) {
                                return Future.succeededFuture(
                                        counted.isProxy() ? Fault.ACCOUNT_REFUSED : Fault.ADDRESS_BLOCKED);
                            }
                            String who = "address:" + address.text();
                            return audit.record(connection, refused.entry(who))
                                    .compose(told -> lockOut.failed(connection, counted, who))
                                    .map(Fault.ACCOUNT_REFUSED);
                        }))
                .compose(fault -> {
                    if (refused.there() && fault == Fault.ACCOUNT_REFUSED) {
                        failedCalls.note(
                                Actor.integration(refused.name(), false),
                                call,
                                fault,
                                refused.why().text(),
                                address);
                    }
                    return Future.failedFuture(refusal(fault, address, refused.detail()));
                });
    }

    static Refusal refusal(Fault fault, Address address, String detail) {
        return new Refusal(fault, "address=" + address.text() + " " + detail);
    }
}
