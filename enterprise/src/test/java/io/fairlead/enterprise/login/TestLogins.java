package io.fairlead.enterprise.login;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.login.LogIns.Begun;
import io.fairlead.enterprise.login.LogIns.Finished;
import io.fairlead.enterprise.login.Session.Kind;
import io.fairlead.enterprise.people.Rights;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** The room on a database of its own: one object is one node. */
public final class TestLogins {
    public static final String PASSWORD = "correct horse battery";
    private static final byte[] SECRET = new byte[32];

    public final TestDatabase postgres;
    public final Clock clock;
    public final Database database;
    public final LoginKeys keys;
    public final Sessions sessions;
    public final LogIns logIns;
    public final Links links;
    public final Passkeys passkeys;
    public final LockOut lockOut;
    public final Confirmations confirmations;
    public final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    public TestLogins(TestDatabase postgres, Clock clock, boolean askPasskeys) {
        this(postgres, clock, askPasskeys, "https://localhost:8443");
    }

    public TestLogins(TestDatabase postgres, Clock clock, boolean askPasskeys, String url) {
        SecureRandom random = new SecureRandom();
        Ids ids = Ids.random();
        this.postgres = postgres;
        this.clock = clock;
        this.database = postgres.database();
        this.keys = new LoginKeys(SECRET, random);
        LoginPolicy policy = LoginPolicy.at(url, askPasskeys, Duration.ofMinutes(30), Duration.ofHours(12));
        Audit audit = new Audit(database);
        Rights rights = new Rights(database, clock);
        KnownBrowsers browsers = new KnownBrowsers(keys, ids);
        this.lockOut = new LockOut(database, rights, audit, browsers, clock, metrics);
        this.sessions = new Sessions(database, audit, policy, ids, clock, random);
        this.passkeys = new Passkeys(database, rights, sessions, policy, keys, audit, clock, random);
        this.confirmations = new Confirmations(database, sessions, passkeys, policy, audit, clock, random);
        this.logIns = new LogIns(database, rights, lockOut, browsers, sessions, policy, keys, audit, clock, random);
        this.links =
                new Links(database, rights, passkeys, sessions, this::makeFirst, policy, keys, audit, clock, random);
    }

    private Future<Void> makeFirst(
            SqlConnection connection, String actor, String name, String shown, String organisation) {
        return connection
                .preparedQuery("INSERT INTO person (name, display_name, organisation, created_at, created_by)"
                        + " VALUES ($1, $2, $3, now(), $4)")
                .execute(Tuple.of(name, shown, organisation, actor))
                .compose(made -> connection
                        .preparedQuery("INSERT INTO person_grant (person, role, granted_at, granted_by)"
                                + " VALUES ($1, 'operator', now(), $2)")
                        .execute(Tuple.of(name, actor)))
                .mapEmpty();
    }

    /** A person without rights. */
    public void person(String name) {
        postgres.execute("INSERT INTO person (name, display_name, organisation, created_at, created_by) VALUES ('"
                + name + "', 'Somebody', 'Fairlead', now(), 'test')");
    }

    public void grant(String name, String role) {
        postgres.execute("INSERT INTO person_grant (person, role, granted_at, granted_by) VALUES ('" + name + "', '"
                + role + "', now(), 'test')");
    }

    public void password(String name, String password) {
        PasswordKeys made = PasswordKeys.of(Password.chosen(password.toCharArray()), new SecureRandom());
        await(new PasswordStore()
                .set(database.pool(), name, keys.sealPassword(made, name), keys.id(), clock.instant()));
    }

    public static Visitor from(String address) {
        return from(address, "");
    }

    static Visitor from(String address, String marks) {
        return new Visitor(Proxies.of(List.of()).visitor(address, null), "test", marks);
    }

    public Finished logIn(String name, String password, Visitor visitor) {
        return logIn(name, password, Kind.BROWSER, visitor);
    }

    /** As a client does, which checks the server's signature as well. */
    public Finished logIn(String name, String password, Kind kind, Visitor visitor) {
        ScramClient client = client(name, password);
        Begun begun = await(logIns.begin(client.first(), visitor));
        Finished in = await(logIns.finish(begun.exchange(), client.answer(begun.message()), kind, visitor));
        assertThat(client.proves(in.message())).isTrue();
        return in;
    }

    static ScramClient client(String name, String password) {
        return new ScramClient(name, Password.typed(password.toCharArray()), new SecureRandom());
    }

    /** Stands still until it is moved. */
    public static final class StillClock extends Clock {
        private volatile Instant now = Instant.parse("2026-11-21T12:00:00Z");

        public void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
