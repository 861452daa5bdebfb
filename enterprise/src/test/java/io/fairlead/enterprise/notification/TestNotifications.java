package io.fairlead.enterprise.notification;

import static io.fairlead.enterprise.kernel.TestDatabase.await;

import io.fairlead.enterprise.account.TestAccounts;
import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.fleet.NewDevice;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.roster.TestPeople;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The room with accounts, a registry and a name server of the test's own. */
final class TestNotifications implements AutoCloseable {
    static final String TOKEN = "the-word-of-the-erp";

    final TestAccounts room = new TestAccounts();
    final Vertx vertx = Vertx.vertx();
    final Devices devices = new Devices(room.database, room.rights, room.audit, room.clock);
    final Receivers receivers = new Receivers(room.database, room.rights, room.audit, room.clock);
    final Map<String, List<String>> names = new ConcurrentHashMap<>();
    final Courier courier;
    final Subscriptions subscriptions;
    final DeliveryHistory history = new DeliveryHistory(room.database, room.people);
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Set<String> known = new HashSet<>();

    TestNotifications(Optional<Path> ca, @Nullable Timers timers) {
        courier = new Courier(vertx, receivers, this::resolve, ca, timers == null ? Timers.of(vertx) : timers);
        subscriptions = new Subscriptions(
                room.database, room.rights, devices, receivers, courier, room.audit, room.clock, Ids.random());
    }

    private Future<List<InetAddress>> resolve(String name) {
        List<String> known = names.get(name);
        if (known == null) {
            return Future.failedFuture(new UnknownHostException(name));
        }
        return Future.succeededFuture(
                known.stream().map(TestNotifications::address).toList());
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** A node, on connections of its own. */
    Deliveries node(Database database) {
        return new Deliveries(
                database, room.rights, courier, room.audit, Timers.of(vertx), room.clock, new Random(1), metrics);
    }

    Database ownConnections() {
        return room.postgres.database(vertx);
    }

    /** Named for this machine. */
    void named(String host, int port, boolean plain, String... networks) {
        boolean unused =
                await(receivers.name(TestAccounts.ROOT, Receiver.Wish.of(host, port, plain, List.of(networks))));
    }

    /** For another test on the same database: nothing is subscribed, named, told or allowed. Accounts, devices, clock stay. */
    void afresh() {
        room.postgres.execute(
                "TRUNCATE notification_receiver, notification_subscription, notification_outbox,"
                        + " notification_attempt, notification_watch",
                "DELETE FROM alarm",
                "DELETE FROM person_grant",
                "UPDATE device_contact SET last_contact = NULL");
        names.clear();
        metrics = new SimpleMeterRegistry();
    }

    Actor account(String name, String role, @Nullable String customer) {
        if (known.add(name)) {
            room.account(name);
        }
        Actor unused = TestPeople.with(room.postgres, name, role, customer, null);
        return Actor.integration(name, false);
    }

    void device(String id, String customer) {
        if (!known.add("device " + id)) {
            return;
        }
        Device unused = await(devices.register(
                TestAccounts.ROOT, new NewDevice(new DeviceId(id), customer, "Basel", "EU", "Analyser 3", "S-" + id)));
    }

    Subscription subscribed(Actor who, String endpoint, EventKind... kinds) {
        return await(subscriptions.subscribe(who, wish(endpoint, kinds)));
    }

    static Subscription.Wish wish(String endpoint, EventKind... kinds) {
        return new Subscription.Wish(
                endpoint, false, TOKEN, List.of(kinds), new Subscription.Only(null, null, null, null, null));
    }

    /** As a group of reports does it: in one statement. */
    void alarms(String device, String severity, int from, int to) {
        room.postgres.execute(
                "INSERT INTO alarm (device, code, severity, text, raised_at, last_seen, count, received_at)"
                        + " SELECT '" + device + "', 'lamp/' || n, '" + severity
                        + "', 'Lamp <old> & weak', now(), now(), 1, now()"
                        + " FROM generate_series(" + from + ", " + to + ") n ORDER BY n");
    }

    String sql(String query) {
        return room.postgres.value(query);
    }

    @Override
    public void close() {
        room.close();
        Void unused = await(vertx.close());
    }
}
