package io.fairlead.enterprise.app;

import io.fairlead.enterprise.browser.Assets;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.LiveStreams;
import io.fairlead.enterprise.browser.Templates;
import io.fairlead.enterprise.browser.ViewerDoor;
import io.fairlead.enterprise.console.AccountPages;
import io.fairlead.enterprise.console.AllowlistLinkPages;
import io.fairlead.enterprise.console.AllowlistPages;
import io.fairlead.enterprise.console.AuditPages;
import io.fairlead.enterprise.console.ClonePages;
import io.fairlead.enterprise.console.DevicePages;
import io.fairlead.enterprise.console.EnrolPages;
import io.fairlead.enterprise.console.FleetPages;
import io.fairlead.enterprise.console.IntegrationPages;
import io.fairlead.enterprise.console.PeoplePages;
import io.fairlead.enterprise.console.PersonPages;
import io.fairlead.enterprise.console.PolicyPages;
import io.fairlead.enterprise.console.RecordPages;
import io.fairlead.enterprise.console.RecordingPages;
import io.fairlead.enterprise.console.SessionListPages;
import io.fairlead.enterprise.console.SessionPages;
import io.fairlead.enterprise.console.SessionWatchPages;
import io.fairlead.enterprise.console.ViewerPages;
import io.fairlead.enterprise.fleet.Contacts;
import io.fairlead.enterprise.fleet.Identities;
import io.fairlead.enterprise.fleet.Notes;
import io.fairlead.enterprise.guide.Contracts;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.identity.IdentityRecords;
import io.fairlead.enterprise.instruction.Mailbox;
import io.fairlead.enterprise.kernel.Changes;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.Notifications;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.login.Links;
import io.fairlead.enterprise.login.LogInStandings;
import io.fairlead.enterprise.people.PendingPeople;
import io.fairlead.enterprise.reach.SiteChecks;
import io.fairlead.enterprise.remote.RemoteSessions;
import io.fairlead.enterprise.remote.SessionLists;
import io.fairlead.enterprise.roster.Roster;
import io.fairlead.enterprise.status.Alarms;
import io.fairlead.enterprise.status.Events;
import io.fairlead.enterprise.status.History;
import io.fairlead.enterprise.status.HistoryExport;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The console: all the pages there are, and the streams by which they hear that something has changed. */
final class ConsoleRoom {
    private final Doors doors;
    private final LiveStreams live;
    private final ViewerDoor viewers;
    private final LoginRoom login;
    private final Alarms alarms;
    private final Notes notes;
    private final SiteChecks checks;

    /**
     * Builds it.
     *
     * @param troubles of the server itself, in sentences
     * @param contracts of the services for other systems; empty where these are switched off
     * @param allowlist its pages
     * @param links those by which customers' own are made
     */
    ConsoleRoom(
            Features features,
            LoginRoom login,
            Supplier<List<String>> troubles,
            Optional<Contracts> contracts,
            AllowlistPages allowlist,
            AllowlistLinkPages links,
            Database database,
            Timers timers,
            Clock clock,
            Ids ids) {
        this.login = login;
        this.alarms = features.alarms();
        this.checks = features.checks();
        this.notes = new Notes(database, features.devices(), features.audit(), clock);
        live = new LiveStreams(login::find, new LiveAudience(features.devices()), timers);
        doors = new Doors(
                login::find, features.rights()::of, new Templates(), Assets.open(), login.banner(), timers, clock, ids);
        doors.add(live);
        Roster roster = new Roster(database, features.rights(), clock);
        PendingPeople pending = new PendingPeople(database, features.rights(), clock);
        doors.add(new FleetPages(roster, features.groups(), pending, features.audit(), troubles, clock));
        SessionLists sessions = features.remote().lists();
        doors.add(new SessionListPages(sessions, features.remote().sessions(), roster));
        doors.add(new SessionPages(
                sessions,
                features.remote().sessions(),
                features.devices(),
                features.remote().watchers()));
        doors.add(new SessionWatchPages(
                features.remote().sessions(), features.remote().watchers()));
        doors.add(new EnrolPages(features.devices(), features.enrolments(), roster, clock));
        doors.add(new ClonePages(features.clones(), features.devices()));
        doors.add(new RecordPages(roster, features.audit()));
        doors.add(new PolicyPages(roster));
        doors.add(new AuditPages(
                features.audit(), features.export(), features.records(), features.seals(), features.verifier(), clock));
        doors.add(new PeoplePages(features.people(), features.grants(), features.viewers(), pending, clock));
        doors.add(new PersonPages(
                features.people(),
                features.grants(),
                (actor, name, newPasskey) ->
                        login.links().make(actor, name, newPasskey).map(Links.Link::url),
                new LogInStandings(database, login.policy(), clock)::of,
                roster,
                clock));
        AccountRoom accounts = features.accounts();
        doors.add(new IntegrationPages(contracts, accounts.register(), clock));
        doors.add(new AccountPages(
                accounts.register(),
                accounts.certificates(),
                accounts.failedCalls(),
                features.notifications().history(),
                clock));
        doors.add(allowlist);
        doors.add(links);
        doors.add(devices(features, notes, roster, database, clock));
        doors.add(new RecordingPages(features.remote().sessions(), features.recordings()));
        doors.add(new ViewerPages(
                features.remote().sessions(),
                features.remote().watchers(),
                features.remote().streams(),
                clock));
        login.mount(doors);
        viewers = new ViewerDoor(
                login::find, features.remote().streams(), features.remote().relay(), timers);
    }

    private static DevicePages devices(Features features, Notes notes, Roster roster, Database database, Clock clock) {
        return new DevicePages(
                new DevicePages.Features(
                        features.devices(),
                        features.status(),
                        features.alarms(),
                        new Events(database, features.devices()),
                        new History(database, features.devices()),
                        new HistoryExport(database, features.devices(), features.audit()),
                        notes,
                        features.instructions(),
                        features.mailbox(),
                        features.files().transfers(),
                        features.files().staging(),
                        features.standings(),
                        features.records(),
                        new Identities(features.devices(), new IdentityRecords(database)),
                        features.remote().sessions(),
                        features.remote().lists(),
                        roster,
                        features.groups(),
                        features.checks()),
                clock);
    }

    /** Has its pages hear what changes, and that log-ins end, on this node and on others. */
    void listenTo(Changes changes, Notifications notifications) {
        changes.listen(live::changed);
        alarms.onChange(device -> changes.note("device/" + device));
        notes.onChange(device -> changes.note("device/" + device));
        checks.onChange(device -> changes.note("device/" + device));
        notifications.listen(RemoteSessions.CHANNEL, session -> live.changed(SessionListPages.TOPIC));
        login.sessions().onEnd(notifications, person -> {
            live.recheck(person);
            viewers.recheck(person);
        });
        List.of(Contacts.CHANNEL, DeviceCertificates.CHANNEL, Mailbox.CHANNEL)
                .forEach(channel -> notifications.listen(channel, device -> live.changed("device/" + device)));
    }

    Doors doors() {
        return doors;
    }

    ViewerDoor viewers() {
        return viewers;
    }

    /** Cuts the streams; browsers come again, to another node. */
    void stop() {
        live.stop();
    }
}
