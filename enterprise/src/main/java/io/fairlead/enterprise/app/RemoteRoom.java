package io.fairlead.enterprise.app;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.identity.TicketSigner;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Notifications;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.remote.DeviceSessions;
import io.fairlead.enterprise.remote.FormerRelay;
import io.fairlead.enterprise.remote.RelayEnds;
import io.fairlead.enterprise.remote.RemoteSessions;
import io.fairlead.enterprise.remote.SessionLists;
import io.fairlead.enterprise.remote.SessionWatch;
import io.fairlead.enterprise.remote.Streams;
import io.fairlead.enterprise.remote.Watchers;
import io.fairlead.enterprise.tunnel.Relay;
import io.fairlead.enterprise.tunnel.StreamTap;
import io.fairlead.statements.Ticket;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/** The room of remote sessions. */
record RemoteRoom(
        RemoteSessions sessions,
        SessionLists lists,
        Watchers watchers,
        DeviceSessions device,
        SessionWatch watch,
        Streams streams,
        Relay relay,
        FormerRelay former) {
    /** In the data folder, from one start to the next: which relay this node was. No secret, and kept as well as one. */
    private static final String START = "relay.start";

    /**
     * Ends what the relay of the start before left open, when that was killed. To be called before the first stream, and when
     * nobody else runs in this data folder.
     */
    void succeed(DataFolder folder) {
        folder.readText(START).ifPresent(before -> Await.done(former.isGone(before)));
        folder.writeSecret(START, relay.start().getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Builds it; the watch is to be started and stopped, the relay to be closed.
     *
     * @param relays where agents reach the relay: HOST:PORT
     */
    static RemoteRoom open(
            EnterpriseConfig config,
            Database database,
            Devices devices,
            Rights rights,
            DeviceCertificates certificates,
            Instructions instructions,
            Audit audit,
            TicketSigner signer,
            List<String> relays,
            Function<Ticket, StreamTap> taps,
            Notifications notifications,
            Timers timers,
            Ids ids,
            Clock clock,
            MeterRegistry metrics) {
        SessionWatch watch =
                new SessionWatch(database, devices, instructions, audit, timers, clock, config.historyDays());
        watch.listenTo(notifications);
        String start = ids.next();
        Streams streams = new Streams(
                database,
                devices,
                instructions,
                audit,
                signer,
                start,
                relays,
                config.tunnels().rate(),
                ids,
                clock,
                metrics);
        Relay relay = new Relay(
                start,
                signer::key,
                taps,
                streams,
                timers,
                System::nanoTime,
                clock,
                config.tunnels().idle());
        Gauge.builder("fairlead.tunnel.open", relay, open -> open.open().size()).register(metrics);
        new RelayEnds(database, relay).listenTo(notifications);
        return new RemoteRoom(
                new RemoteSessions(database, devices, rights, instructions, audit, ids, clock),
                new SessionLists(database, devices, certificates, relay::open),
                new Watchers(database, devices, audit, clock),
                new DeviceSessions(database, certificates, instructions, audit, clock),
                watch,
                streams,
                relay,
                new FormerRelay(database, instructions, audit, clock));
    }
}
