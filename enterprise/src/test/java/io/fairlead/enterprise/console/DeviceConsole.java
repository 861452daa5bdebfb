package io.fairlead.enterprise.console;

import static io.fairlead.enterprise.kernel.TestDatabase.await;

import io.fairlead.enterprise.browser.TestConsole;
import io.fairlead.enterprise.file.TestFiles;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.DeviceRecords;
import io.fairlead.enterprise.fleet.DeviceViewers;
import io.fairlead.enterprise.fleet.Groups;
import io.fairlead.enterprise.fleet.Identities;
import io.fairlead.enterprise.fleet.Notes;
import io.fairlead.enterprise.fleet.Standings;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.identity.EnrolmentCodes;
import io.fairlead.enterprise.identity.IdentityRecords;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.instruction.Mailbox;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Notifications;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.PendingPeople;
import io.fairlead.enterprise.reach.SiteChecks;
import io.fairlead.enterprise.remote.DeviceSessions;
import io.fairlead.enterprise.remote.RemoteSessions;
import io.fairlead.enterprise.remote.SessionLists;
import io.fairlead.enterprise.remote.Watchers;
import io.fairlead.enterprise.roster.Roster;
import io.fairlead.enterprise.status.AlarmChange;
import io.fairlead.enterprise.status.Alarms;
import io.fairlead.enterprise.status.DataItem;
import io.fairlead.enterprise.status.DeviceEvent;
import io.fairlead.enterprise.status.Events;
import io.fairlead.enterprise.status.History;
import io.fairlead.enterprise.status.HistoryExport;
import io.fairlead.enterprise.status.InstructionResult;
import io.fairlead.enterprise.status.OwnAlarms;
import io.fairlead.enterprise.status.Parsed;
import io.fairlead.enterprise.status.Report;
import io.fairlead.enterprise.status.ReportAnswer;
import io.fairlead.enterprise.status.Retention;
import io.fairlead.enterprise.status.StatusMessage;
import io.fairlead.enterprise.status.StatusService;
import io.fairlead.enterprise.status.StatusSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The pages of devices over all features that they show, on PostgreSQL and files of their own. A test plays the agent. */
final class DeviceConsole implements AutoCloseable {
    static final String EPOCH = TestFleet.hex(0xe1);

    final Clock clock = Clock.systemUTC();
    final TestFleet fleet = new TestFleet(clock);
    final TestFiles files;
    final Instructions instructions;
    final StatusService status;
    final Alarms alarms;
    final Notes notes;
    final SiteChecks checks;
    final RemoteSessions sessions;
    final DeviceSessions deviceSessions;
    final Watchers watchers;
    final DeviceCertificates certificates;
    final TestConsole console;
    private final Notifications notifications;
    private final Retention retention;
    private long sequence;

    DeviceConsole(Path folder) throws IOException {
        Timers timers = Timers.of(fleet.vertx);
        files = new TestFiles(fleet, folder.resolve("data"), timers);
        instructions = files.instructions;
        status = new StatusService(
                fleet.vertx.getOrCreateContext(),
                fleet.database,
                fleet.devices,
                fleet.contacts,
                instructions,
                timers,
                clock,
                StatusSettings.defaults(),
                fleet.metrics);
        retention = new Retention(fleet.database, fleet.audit, timers, clock, 400);
        Void unusedPartitions = await(retention.start());
        notifications = new Notifications(fleet.vertx, fleet.postgres.appConnection(), timers);
        Mailbox mailbox =
                new Mailbox(fleet.vertx.getOrCreateContext(), instructions, notifications, timers, fleet.metrics);
        Void unusedListening = await(notifications.start());
        Authority authority = Authority.open(new DataFolder(folder.resolve("keys")), clock, new SecureRandom());
        certificates = new DeviceCertificates(fleet.database, authority, fleet.audit, clock);
        EnrolmentCodes codes = new EnrolmentCodes(
                fleet.database,
                authority,
                certificates,
                fleet.devices,
                fleet.audit,
                new EnrolmentCodes.AgentsAddress("localhost", 8444),
                Ids.random(),
                clock,
                new SecureRandom());
        OwnAlarms own = new OwnAlarms(fleet.database, clock);
        alarms = new Alarms(fleet.database, fleet.devices, fleet.audit, clock);
        notes = new Notes(fleet.database, fleet.devices, fleet.audit, clock);
        checks = new SiteChecks(fleet.database, fleet.devices, fleet.audit, clock);
        sessions = new RemoteSessions(
                fleet.database, fleet.devices, fleet.rights, instructions, fleet.audit, Ids.random(), clock);
        deviceSessions = new DeviceSessions(fleet.database, certificates, instructions, fleet.audit, clock);
        watchers = new Watchers(fleet.database, fleet.devices, fleet.audit, clock);
        SessionLists lists = new SessionLists(fleet.database, fleet.devices, certificates, List::of);
        Roster roster = new Roster(fleet.database, fleet.rights, clock);
        console = TestConsole.open(
                fleet.postgres,
                new PeoplePages(
                        fleet.people,
                        fleet.grants,
                        new DeviceViewers(fleet.devices, fleet.rights, fleet.people),
                        new PendingPeople(fleet.database, fleet.rights, clock),
                        clock),
                new DevicePages(
                        new DevicePages.Features(
                                fleet.devices,
                                status,
                                alarms,
                                new Events(fleet.database, fleet.devices),
                                new History(fleet.database, fleet.devices),
                                new HistoryExport(fleet.database, fleet.devices, fleet.audit),
                                notes,
                                instructions,
                                mailbox,
                                files.transfers,
                                files.staging,
                                new Standings(
                                        fleet.database,
                                        fleet.devices,
                                        certificates,
                                        codes,
                                        fleet.audit,
                                        clock,
                                        List.of(instructions, own)),
                                new DeviceRecords(fleet.audit, fleet.rights, fleet.devices),
                                new Identities(fleet.devices, new IdentityRecords(fleet.database)),
                                sessions,
                                lists,
                                roster,
                                new Groups(fleet.database, fleet.devices, fleet.rights, fleet.audit, clock),
                                checks),
                        clock),
                new SessionListPages(lists, sessions, roster),
                new SessionPages(lists, sessions, fleet.devices, watchers),
                new SessionWatchPages(sessions, watchers));
        notifications.listen(RemoteSessions.CHANNEL, session -> console.live().changed(SessionListPages.TOPIC));
        status.onCommit(device -> console.live().changed("device/" + device));
        alarms.onChange(device -> console.live().changed("device/" + device));
        checks.onChange(device -> console.live().changed("device/" + device));
        notes.onChange(device -> console.live().changed("device/" + device));
        console.person("anna", "operator");
        console.training("anna", "Analyser 3");
    }

    DeviceId device(String id) {
        DeviceId device = fleet.enrolled(id, EPOCH);
        polled(device);
        return device;
    }

    void polled(DeviceId device) {
        fleet.postgres.execute(
                "UPDATE device_contact SET last_contact = now(), address = '10.4.2.17', agent_version = '0.1.0'"
                        + " WHERE device = '" + device + "'");
    }

    void values(DeviceId device, DataItem... items) {
        say(device, List.of(items), List.of(), List.of(), List.of());
    }

    void alarm(DeviceId device, AlarmChange... changes) {
        say(device, List.of(), List.of(changes), List.of(), List.of());
    }

    void event(DeviceId device, DeviceEvent... events) {
        say(device, List.of(), List.of(), List.of(events), List.of());
    }

    void result(DeviceId device, InstructionResult... results) {
        say(device, List.of(), List.of(), List.of(), List.of(results));
    }

    private synchronized void say(
            DeviceId device,
            List<DataItem> items,
            List<AlarmChange> changes,
            List<DeviceEvent> events,
            List<InstructionResult> results) {
        Instant now = clock.instant();
        StatusMessage message = new StatusMessage(++sequence, now, items, changes, events, results);
        ReportAnswer answer =
                await(status.report(new Report(device, EPOCH, null, now, 0, List.of(new Parsed.Fit(message)))));
        if (answer.committed() != sequence) {
            throw new AssertionError(answer);
        }
    }

    /** Two days of a value that goes up and down, each minute, with an hour without. */
    void history(DeviceId device, String item) {
        fleet.postgres.execute(
                "SELECT fairlead_ensure_partitions('item_history', (now() - interval '3 days')::date, 5)",
                "INSERT INTO item_history (item, observed_at, received_at, number) SELECT (SELECT id FROM latest_value"
                        + " WHERE device = '" + device + "' AND item = '" + item
                        + "'), at, at, 40 + 12 * sin(extract(epoch FROM at) / 7000) + (extract(epoch FROM at)::bigint / 60) % 7"
                        + " FROM generate_series(now() - interval '2 days', now(), '1 minute') AS at"
                        + " WHERE at NOT BETWEEN now() - interval '9 hours' AND now() - interval '8 hours'");
    }

    @Override
    public void close() {
        console.close();
        retention.stop();
        Void unusedStopped = await(status.stop());
        Void unusedClosed = await(notifications.close());
        fleet.close();
    }
}
