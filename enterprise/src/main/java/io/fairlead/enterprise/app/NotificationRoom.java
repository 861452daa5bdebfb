package io.fairlead.enterprise.app;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.notification.Courier;
import io.fairlead.enterprise.notification.Deliveries;
import io.fairlead.enterprise.notification.DeliveryHistory;
import io.fairlead.enterprise.notification.Receivers;
import io.fairlead.enterprise.notification.Resolver;
import io.fairlead.enterprise.notification.Subscriptions;
import io.fairlead.enterprise.notification.WaitingWatch;
import io.fairlead.enterprise.operator.Command;
import io.fairlead.enterprise.operator.NotificationCommands;
import io.fairlead.enterprise.people.People;
import io.fairlead.enterprise.people.Rights;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** What other systems are told of. */
record NotificationRoom(
        Receivers receivers,
        Subscriptions subscriptions,
        Deliveries deliveries,
        DeliveryHistory history,
        WaitingWatch watch) {
    /** Threads on which names are looked up: a name server that does not answer keeps them, and nobody else's. */
    private static final int RESOLVERS = 4;

    /** @param ca of receivers; empty for those that Java believes here */
    static NotificationRoom open(
            Vertx vertx,
            Optional<Path> ca,
            Database database,
            Rights rights,
            People people,
            Devices devices,
            Audit audit,
            Timers timers,
            Clock clock,
            Ids ids,
            SecureRandom random,
            MeterRegistry metrics) {
        Receivers receivers = new Receivers(database, rights, audit, clock);
        Resolver resolver = Resolver.system(new Blocking(vertx).ofThreads("notification-names", RESOLVERS));
        Courier courier = new Courier(vertx, receivers, resolver, ca, timers);
        return new NotificationRoom(
                receivers,
                new Subscriptions(database, rights, devices, receivers, courier, audit, clock, ids),
                new Deliveries(database, rights, courier, audit, timers, clock, random, metrics),
                new DeliveryHistory(database, people),
                new WaitingWatch(database, timers, clock, metrics));
    }

    void start() {
        deliveries.start();
        watch.start();
    }

    void close() {
        watch.stop();
        Await.done(deliveries.stop());
    }

    Map<String, Command> commands() {
        return new NotificationCommands(receivers, history).commands();
    }
}
