package io.fairlead.enterprise.fleet;

import static io.fairlead.enterprise.kernel.TestDatabase.await;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.identity.Holds;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Grants;
import io.fairlead.enterprise.people.LogIns;
import io.fairlead.enterprise.people.People;
import io.fairlead.enterprise.people.PersonListener;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A database with a registry, for the tests of the rooms above. */
public final class TestFleet implements AutoCloseable {
    /** Who may everything. */
    public static final Actor ANNA = Actor.operatingSystem("anna");

    public final TestDatabase postgres = TestDatabase.start();
    public final Vertx vertx = Vertx.vertx();
    public final Database database = postgres.database(vertx);
    public final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    public final Clock clock;
    public final Audit audit;
    public final Rights rights;
    public final People people;
    public final Grants grants;
    public final Devices devices;
    public final Clones clones;
    public final Contacts contacts;

    public TestFleet(Clock clock) {
        this.clock = clock;
        audit = new Audit(database);
        rights = new Rights(database, clock);
        people = new People(database, rights, audit, PersonListener.NOBODY, clock);
        grants = new Grants(database, rights, audit, LogIns.EVERYBODY, clock);
        devices = new Devices(database, rights, audit, clock);
        clones = new Clones(database, devices, new Holds(), audit, new StandingListener() {}, clock, metrics);
        contacts = new Contacts(clones, Ids.random(), clock);
    }

    /** Registers a device. */
    public DeviceId registered(String id) {
        DeviceId device = new DeviceId(id);
        Device unused = await(
                devices.register(ANNA, new NewDevice(device, "St. Mary", "Basel", "EU", "Analyser 3", "S-" + id)));
        return device;
    }

    /** Registers a device and enrols it. */
    public DeviceId enrolled(String id, String epoch) {
        DeviceId device = registered(id);
        enrol(device, epoch);
        return device;
    }

    public void enrol(DeviceId device, String epoch) {
        Void unused = await(database.inTransaction(connection -> devices.enrolled(connection, device.value(), epoch)));
    }

    /** A poll in a transaction of its own. */
    public Future<Rolled> polled(Polled poll) {
        return database.inTransaction(connection -> contacts.polled(connection, poll, () -> false))
                .map(Judged::rolled);
    }

    /** A person with one role; where it is null, everywhere. */
    public Actor granted(String name, String role, @Nullable String region, @Nullable String customer) {
        postgres.execute(
                "INSERT INTO person (name, display_name, organisation, customer, created_at, created_by) VALUES ('"
                        + name + "', 'N', 'O', " + quoted(role.startsWith("customer") ? customer : null)
                        + ", now(), 'test')",
                "INSERT INTO person_grant (person, role, region, customer, granted_at, granted_by) VALUES ('" + name
                        + "', '" + role + "', " + quoted(region) + ", " + quoted(customer) + ", now(), 'test')");
        return Actor.person(name, true);
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "NULL" : "'" + text + "'";
    }

    /** Registers a device in a place. */
    public DeviceId registered(String id, String region, String customer) {
        DeviceId device = new DeviceId(id);
        Device unused = await(
                devices.register(ANNA, new NewDevice(device, customer, "Basel", region, "Analyser 3", "S-" + id)));
        return device;
    }

    /** An id of 32 hexadecimal digits. */
    public static String hex(long number) {
        return String.format("%032x", number);
    }

    /** A moment between two looks. */
    public static void breathe() {
        LockSupport.parkNanos(1_000_000);
        if (Thread.interrupted()) {
            throw new IllegalStateException("interrupted: what is waited for does not come");
        }
    }

    /** The fault with which something was refused. */
    public static Fault refused(Future<?> future) {
        return await(future.transform(result -> result.cause() instanceof Refusal refusal
                ? Future.succeededFuture(refusal.fault())
                : Future.failedFuture(new AssertionError("not refused: " + result))));
    }

    public long count(String fromWhere) {
        return Long.parseLong(postgres.value("SELECT count(*) FROM " + fromWhere));
    }

    @Override
    public void close() {
        postgres.close();
        Void unused = await(vertx.close());
    }
}
