package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.file.Staging;
import io.fairlead.enterprise.file.Transfers;
import io.fairlead.enterprise.fleet.DeviceRecords;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.fleet.Groups;
import io.fairlead.enterprise.fleet.Identities;
import io.fairlead.enterprise.fleet.Notes;
import io.fairlead.enterprise.fleet.Standings;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.instruction.Mailbox;
import io.fairlead.enterprise.reach.SiteChecks;
import io.fairlead.enterprise.remote.RemoteSessions;
import io.fairlead.enterprise.remote.SessionLists;
import io.fairlead.enterprise.roster.Roster;
import io.fairlead.enterprise.status.Alarms;
import io.fairlead.enterprise.status.Events;
import io.fairlead.enterprise.status.History;
import io.fairlead.enterprise.status.HistoryExport;
import io.fairlead.enterprise.status.StatusService;
import java.time.Clock;
import java.util.List;

/** Everything below {@code /devices/ID}, and their groups. */
public final class DevicePages implements Pages {
    private final List<Pages> all;

    /** The features that these pages show. */
    public record Features(
            Devices devices,
            StatusService status,
            Alarms alarms,
            Events events,
            History history,
            HistoryExport export,
            Notes notes,
            Instructions instructions,
            Mailbox mailbox,
            Transfers transfers,
            Staging staging,
            Standings standings,
            DeviceRecords records,
            Identities identities,
            RemoteSessions sessions,
            SessionLists sessionLists,
            Roster roster,
            Groups groups,
            SiteChecks checks) {}

    public DevicePages(Features features, Clock clock) {
        DeviceHeads heads = new DeviceHeads(features.devices(), features.alarms(), clock);
        all = List.of(
                new DeviceNowPages(heads, features.status()),
                new DeviceHistoryPages(heads, features.status(), features.history(), features.export()),
                new DeviceAlarmPages(heads, features.alarms(), features.events()),
                new DeviceInstructionPages(heads, features.instructions()),
                new DeviceFilePages(heads, features.transfers()),
                new DeviceSendPages(features.staging()),
                new DeviceSessionPages(heads, features.sessions(), features.sessionLists(), features.roster()),
                new DeviceReachPages(heads, features.checks()),
                new DeviceNotePages(heads, features.notes()),
                new DeviceRecordPages(heads, features.records()),
                new DeviceIdentityPages(
                        heads, features.identities(), features.mailbox(), features.status(), features.groups()),
                new DeviceChangePages(heads, features.devices(), features.roster()),
                new GroupPages(features.groups(), features.devices()),
                new DeviceStandingPages(heads, features.standings()));
    }

    @Override
    public void mount(Doors doors) {
        all.forEach(pages -> pages.mount(doors));
    }
}
