package io.fairlead.enterprise.console;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.MenuItem;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Groups;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Pending;
import io.fairlead.enterprise.people.PendingPeople;
import io.fairlead.enterprise.people.Scope;
import io.fairlead.enterprise.roster.Choices;
import io.fairlead.enterprise.roster.Overview;
import io.fairlead.enterprise.roster.Roster;
import io.fairlead.enterprise.roster.RosterPage;
import io.fairlead.enterprise.roster.RosterQuery;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** What there is at one look, and the list of devices. */
public final class FleetPages implements Pages {
    /** What the overview calls new. */
    static final Duration LATELY = Duration.ofHours(24);

    private static final Access SEE = Access.to(Action.SEE_DEVICE);

    private final Roster roster;
    private final Groups groups;
    private final PendingPeople pending;
    private final Audit audit;
    private final Supplier<List<String>> troubles;
    private final Clock clock;

    /** @param troubles of the server itself, in sentences, for who may read the whole audit */
    public FleetPages(
            Roster roster,
            Groups groups,
            PendingPeople pending,
            Audit audit,
            Supplier<List<String>> troubles,
            Clock clock) {
        this.roster = roster;
        this.groups = groups;
        this.pending = pending;
        this.audit = audit;
        this.troubles = troubles;
        this.clock = clock;
    }

    @Override
    public void mount(Doors doors) {
        doors.menu(new MenuItem("Overview", "/", "overview", "o", SEE));
        doors.menu(new MenuItem("Devices", FleetAddress.PATH, "devices", "d", SEE));
        doors.get("/", Access.PERSON, this::overview);
        doors.get(FleetAddress.PATH, SEE, this::list);
        doors.get("/devices.csv", SEE, this::file);
    }

    private Future<Answer> overview(Visit visit) {
        Instant now = clock.instant();
        Future<Overview> overview = roster.overview(visit.actor(), now.minus(LATELY));
        Future<Pending> people = pending.of(visit.actor(), OverviewView.SHOWN);
        return Future.all(overview, people)
                .map(both -> new OverviewView(
                        overview.result(),
                        people.result(),
                        visit.may().may(Action.SEE_AUDIT, Scope.PLATFORM) ? troubles.get() : List.of(),
                        now))
                .map(view -> Answer.show(visit.fragment() ? "console/overviewBody.jte" : "console/overview.jte", view));
    }

    private Future<Answer> list(Visit visit) {
        RosterQuery query = FleetAddress.read(visit.query());
        Future<RosterPage> page = roster.search(visit.actor(), query);
        Future<Choices> choices = roster.choices(visit.actor());
        Future<List<Choices.Choice>> his = groups.list(visit.actor())
                .map(all -> all.stream()
                        .map(group -> new Choices.Choice(group.id(), group.devices()))
                        .toList());
        return Future.all(page, choices, his)
                .map(all -> new FleetView(
                        query,
                        page.result(),
                        choices.result(),
                        his.result(),
                        visit.may().hasRoleFor(Action.SEE_DATA)))
                .map(view -> Answer.show(visit.fragment() ? "console/fleetTable.jte" : "console/fleet.jte", view));
    }

    /** Noted before the first line goes out: who took what is never unknown, whatever becomes of the rest. */
    private Future<Answer> file(Visit visit) {
        RosterQuery query = FleetAddress.read(visit.query());
        return roster.found(visit.actor(), query.filter(), query.sort(), query.descending())
                .compose(ids -> audit.record(new AuditEntry(
                                visit.actor().audited(),
                                AuditCode.DEVICES_EXPORTED,
                                "",
                                "devices=" + ids.size() + " filter=" + FleetAddress.words(query)))
                        .map(noted -> csv(
                                "devices.csv",
                                sink -> sink.apply(FleetFile.head())
                                        .compose(begun -> pieces(visit.actor(), ids, 0, sink)))));
    }

    private Future<Void> pieces(Actor actor, List<DeviceId> ids, int from, Function<Buffer, Future<Void>> sink) {
        if (from >= ids.size()) {
            return Future.succeededFuture();
        }
        int to = Math.min(ids.size(), from + Roster.PIECE);
        return roster.lines(actor, ids.subList(from, to))
                .compose(rows -> sink.apply(FleetFile.lines(rows)))
                .compose(taken -> pieces(actor, ids, to, sink));
    }

    static Answer csv(String name, Answer.Writer writer) {
        return Answer.file("attachment; filename=\"" + name + "\"", "text/csv; charset=utf-8", -1, writer);
    }
}
