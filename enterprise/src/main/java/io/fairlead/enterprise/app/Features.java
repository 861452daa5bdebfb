package io.fairlead.enterprise.app;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditExport;
import io.fairlead.enterprise.audit.Seals;
import io.fairlead.enterprise.audit.Verifier;
import io.fairlead.enterprise.fleet.Clones;
import io.fairlead.enterprise.fleet.DeviceRecords;
import io.fairlead.enterprise.fleet.DeviceViewers;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.fleet.Enrolments;
import io.fairlead.enterprise.fleet.Groups;
import io.fairlead.enterprise.fleet.Standings;
import io.fairlead.enterprise.identity.RollOver;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.instruction.Mailbox;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.operator.Commands;
import io.fairlead.enterprise.operator.OperatorCommands;
import io.fairlead.enterprise.operator.RecordingCommands;
import io.fairlead.enterprise.operator.SessionCommands;
import io.fairlead.enterprise.people.Grants;
import io.fairlead.enterprise.people.People;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.reach.SiteChecks;
import io.fairlead.enterprise.remote.SessionRecordings;
import io.fairlead.enterprise.status.Alarms;
import io.fairlead.enterprise.status.StatusService;
import java.time.Clock;
import java.util.function.Supplier;

/** What people can have done here: the console and the command line call the same. */
record Features(
        Rights rights,
        People people,
        Grants grants,
        AccountRoom accounts,
        DeviceViewers viewers,
        Devices devices,
        Enrolments enrolments,
        Clones clones,
        Standings standings,
        Groups groups,
        DeviceRecords records,
        Instructions instructions,
        Mailbox mailbox,
        StatusService status,
        Alarms alarms,
        SiteChecks checks,
        FileRoom files,
        RemoteRoom remote,
        SessionRecordings recordings,
        NotificationRoom notifications,
        RollOver rollOver,
        Audit audit,
        AuditExport export,
        Seals seals,
        Verifier verifier) {
    /**
     * @param peopleUrl the URL of the people's listener, without a path
     * @param rootKey SHA-256 of the root's key that vouches for it
     */
    Commands commands(LoginRoom login, String peopleUrl, Supplier<String> rootKey, Clock clock, Timers timers) {
        return new OperatorCommands(
                        devices,
                        clones,
                        standings,
                        groups,
                        enrolments,
                        records,
                        audit,
                        export,
                        seals,
                        people,
                        grants,
                        viewers,
                        rollOver,
                        instructions,
                        status,
                        alarms,
                        files.transfers(),
                        files.staging(),
                        files.links(),
                        peopleUrl,
                        clock,
                        timers)
                .all()
                .with(new SessionCommands(remote.sessions(), remote.streams(), peopleUrl, rootKey).commands())
                .with(new RecordingCommands(recordings, timers).commands())
                .with(login.commands())
                .with(accounts.commands())
                .with(notifications.commands());
    }
}
