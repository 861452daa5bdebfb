package io.fairlead.enterprise.app;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Notifications;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.remote.DeviceSessions;
import io.fairlead.enterprise.remote.RemoteSessions;
import io.fairlead.enterprise.remote.SessionWatch;
import java.time.Clock;

/** The room of remote sessions. */
record RemoteRoom(RemoteSessions sessions, DeviceSessions device, SessionWatch watch) {
    /** Builds it; the watch is to be started and stopped. */
    static RemoteRoom open(
            EnterpriseConfig config,
            Database database,
            Devices devices,
            Rights rights,
            DeviceCertificates certificates,
            Instructions instructions,
            Audit audit,
            Notifications notifications,
            Timers timers,
            Ids ids,
            Clock clock) {
        SessionWatch watch =
                new SessionWatch(database, devices, instructions, audit, timers, clock, config.historyDays());
        watch.listenTo(notifications);
        return new RemoteRoom(
                new RemoteSessions(database, devices, rights, instructions, audit, ids, clock),
                new DeviceSessions(database, certificates, instructions, audit, clock),
                watch);
    }
}
