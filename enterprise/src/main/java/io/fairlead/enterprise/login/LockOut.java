package io.fairlead.enterprise.login;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.people.Scope;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks whoever guesses: {@value #MOST} failed log-ins, until 30 minutes have passed without an attempt. Counted in the
 * database, so that nobody gains by going from node to node, and each attempt is counted before it is judged, so that
 * nobody gains by trying all at once.
 *
 * <pre>
 *   known:ID     a browser from which the person has logged in before: what others do at its address is nothing to it
 *   address:…    everybody else at one address (IPv6: at one /64)
 *   proxy:…      a proxy of ours that does not say for whom it asks: counted, reported, never blocked
 *   account-…    the same two of accounts of other systems, whose calls count apart from what people do
 * </pre>
 */
public final class LockOut {
    /** The failures that are still judged. */
    public static final int MOST = 10;

    /** How long nothing may be tried. */
    public static final Duration QUIET = Duration.ofMinutes(30);

    private static final String ACCOUNTS = "account-";
    private static final Logger LOG = LoggerFactory.getLogger(LockOut.class);

    private final Database database;
    private final Rights rights;
    private final Audit audit;
    private final KnownBrowsers browsers;
    private final Clock clock;
    private final Counter blocked;
    private final Counter proxied;
    private final LockOutStore store = new LockOutStore();

    public LockOut(
            Database database, Rights rights, Audit audit, KnownBrowsers browsers, Clock clock, MeterRegistry metrics) {
        this.database = database;
        this.rights = rights;
        this.audit = audit;
        this.browsers = browsers;
        this.clock = clock;
        this.blocked = Counter.builder("fairlead.login.blocked")
                .description("Log-ins that were not judged, since their address or browser is blocked.")
                .register(metrics);
        this.proxied = Counter.builder("fairlead.login.proxy.failures")
                .description("Failed log-ins through a proxy of ours that does not say for whom it asks.")
                .register(metrics);
    }

    /**
     * What is blocked.
     *
     * @param counter as it is unblocked by
     * @param lastAt of the latest attempt; it ends {@link #QUIET} later
     */
    public record Blocked(String counter, Instant lastAt) {
        public Instant until() {
            return lastAt.plus(QUIET);
        }
    }

    /** What counts for an attempt. */
    public record Counted(String counter) {
        public boolean isProxy() {
            return counter.startsWith("proxy:") || counter.startsWith(ACCOUNTS + "proxy:");
        }
    }

    Counted counter(Visitor visitor, String person) {
        Address address = visitor.address();
        return new Counted(
                browsers.find(visitor.marks(), person).map(id -> "known:" + id).orElseGet(() -> counter(address)));
    }

    /** What counts for a call of an account. */
    public Counted ofAccounts(Address address) {
        return new Counted(ACCOUNTS + counter(address));
    }

    private static String counter(Address address) {
        return (address.proxy() ? "proxy:" : "address:") + address.network();
    }

    /** Whether it is blocked; if so, this was an attempt. */
    public Future<Boolean> isBlocked(Counted counted) {
        Instant now = clock.instant();
        return counted.isProxy()
                ? Future.succeededFuture(false)
                : store.touch(database.pool(), counted.counter(), MOST, now, now.minus(QUIET))
                        .onSuccess(is -> {
                            if (is) {
                                blocked.increment();
                            }
                        });
    }

    /** Counts an attempt as failed until {@link #succeeded}; whether it may be judged. */
    Future<Boolean> take(SqlConnection connection, Counted counted) {
        // The tenth may still succeed: its block is told when it has failed.
        return count(connection, counted).map(failures -> counted.isProxy() || failures <= MOST);
    }

    /**
     * Counts an attempt as failed.
     *
     * @return which failure it is since the last quiet time; one more than {@link #MOST} for all beyond
     */
    public Future<Integer> count(SqlConnection connection, Counted counted) {
        Instant now = clock.instant();
        return store.take(connection, counted.counter(), MOST, now, now.minus(QUIET))
                .compose(failures -> {
                    if (counted.isProxy()) {
                        return fromProxy(connection, counted, failures).map(failures);
                    }
                    if (failures > MOST) {
                        blocked.increment();
                    }
                    return Future.succeededFuture(failures);
                });
    }

    private Future<Void> fromProxy(SqlConnection connection, Counted counted, int failures) {
        proxied.increment();
        if (failures != MOST) {
            return Future.succeededFuture();
        }
        LOG.warn("log-ins=failing proxy={} it does not say for whom it asks, so nobody is blocked", counted.counter());
        return audit.record(
                connection, new AuditEntry("server", AuditCode.LOGIN_PROXY_FAILURES, "", counted.counter()));
    }

    /**
     * Says in the audit that it is blocked from now on, when this failure was the last that is judged.
     *
     * @param who failed, as the audit names him
     */
    public Future<Void> failed(SqlConnection connection, Counted counted, String who) {
        if (counted.isProxy()) {
            return Future.succeededFuture();
        }
        return store.failures(connection, counted.counter())
                .compose(failures -> failures == MOST
                        ? audit.record(
                                connection,
                                new AuditEntry(who, AuditCode.LOGIN_BLOCKED, "", "counter=" + counted.counter()))
                        : Future.succeededFuture());
    }

    /** Takes the attempt back; of a known browser, all that failed before. */
    Future<Void> succeeded(SqlConnection connection, Counted counted) {
        return counted.counter().startsWith("known:")
                ? store.forget(connection, counted.counter()).mapEmpty()
                : store.giveBack(connection, counted.counter());
    }

    /** What is blocked now, the latest first. Fails with Refusal(FORBIDDEN). */
    public Future<List<Blocked>> list(Actor actor) {
        return rights.must(actor, Action.UNBLOCK, Scope.PLATFORM)
                .compose(may ->
                        store.blocked(database.pool(), MOST, clock.instant().minus(QUIET)));
    }

    /** Lets it try again; whether it was blocked. Fails with Refusal(FORBIDDEN, PASSKEY_NEEDED). */
    public Future<Boolean> unblock(Actor actor, String counter) {
        return rights.must(actor, Action.UNBLOCK, Scope.PLATFORM)
                .compose(may ->
                        database.inTransaction(connection -> store.forget(connection, counter.replace('\0', ' '))
                                .compose(there -> there
                                        ? audit.record(
                                                        connection,
                                                        new AuditEntry(
                                                                actor.audited(),
                                                                AuditCode.LOGIN_UNBLOCKED,
                                                                "",
                                                                "counter=" + counter))
                                                .map(true)
                                        : Future.succeededFuture(false))));
    }
}
