package io.fairlead.enterprise.account;

import static io.fairlead.enterprise.kernel.TestDatabase.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.fleet.MovingClock;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.login.Address;
import io.fairlead.enterprise.login.Proxies;
import io.fairlead.enterprise.login.TestLogins;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Grants;
import io.fairlead.enterprise.people.NewPerson;
import io.fairlead.enterprise.people.People;
import io.fairlead.enterprise.people.PersonListener;
import io.fairlead.enterprise.people.Rights;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The room on a database of its own. */
public final class TestAccounts implements AutoCloseable {
    public static final Actor ROOT = Actor.operatingSystem("root");
    static final Lifetime USUAL = new Lifetime(Lifetime.USUAL, Lifetime.USUAL_OVERLAP);

    /** What is called back later is not called back: tests ask themselves. */
    private static final Timers NEVER = (delay, call) -> () -> {};

    public final TestDatabase postgres = TestDatabase.start();
    public final MovingClock clock = new MovingClock(Instant.parse("2026-11-22T12:00:00Z"));
    public final Database database = postgres.database();
    public final Audit audit = new Audit(database);
    public final Rights rights = new Rights(database, clock);
    public final People people = new People(database, rights, audit, PersonListener.NOBODY, clock);
    public final Grants grants;
    public final TestLogins logins = new TestLogins(postgres, clock, true);
    public final FailedCalls failedCalls = new FailedCalls(database, people, NEVER, clock);
    public final Accounts accounts = new Accounts(database, logins.lockOut, audit, failedCalls, clock);
    public final CertifiedAccounts certified =
            new CertifiedAccounts(database, logins.lockOut, audit, failedCalls, clock);
    public final AccountRegister register;
    public final CertificateRegister certificates;

    public TestAccounts() {
        grants = new Grants(database, rights, audit, logins.logIns::able, clock);
        register = new AccountRegister(database, rights, people, grants, audit, clock, new SecureRandom());
        certificates = new CertificateRegister(database, register, audit, clock);
    }

    /** An account without rights; answers its password. */
    @CanIgnoreReturnValue
    public String account(String name, String... addresses) {
        return accountOf(null, name, addresses);
    }

    @CanIgnoreReturnValue
    String accountOf(@Nullable String customer, String name, String... addresses) {
        NewPerson account = new NewPerson(name, "The " + name, "Somewhere", customer);
        return await(register.add(ROOT, account, AddressLimit.of(Arrays.asList(addresses)), USUAL))
                .secret()
                .value();
    }

    public Future<Actor> judge(String name, String password, String address) {
        return judge(name, password, from(address));
    }

    Future<Actor> judge(String name, String password, Address address) {
        return accounts.judge(name, password, address, new Call("DeviceService", "find", "c0ffee"));
    }

    static Address from(String address) {
        return Proxies.of(List.of()).visitor(address, null);
    }

    @Override
    public void close() {
        postgres.close();
    }
}
