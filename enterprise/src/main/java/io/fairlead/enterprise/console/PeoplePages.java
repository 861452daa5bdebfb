package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.MenuItem;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Toast;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.DeviceViewers;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Grants;
import io.fairlead.enterprise.people.NewPerson;
import io.fairlead.enterprise.people.Pending;
import io.fairlead.enterprise.people.PendingPeople;
import io.fairlead.enterprise.people.People;
import io.fairlead.enterprise.people.PersonFilter;
import io.fairlead.enterprise.people.PersonListed;
import io.fairlead.enterprise.people.Proposal;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The people: who they are, what waits for a second person, and who may see a device. */
public final class PeoplePages implements Pages {
    private static final int MOST_TRAININGS = 1_000;

    private final People people;
    private final Grants grants;
    private final DeviceViewers viewers;
    private final PendingPeople pending;
    private final Clock clock;

    public PeoplePages(People people, Grants grants, DeviceViewers viewers, PendingPeople pending, Clock clock) {
        this.people = people;
        this.grants = grants;
        this.viewers = viewers;
        this.pending = pending;
        this.clock = clock;
    }

    @Override
    public void mount(Doors doors) {
        Access see = Access.to(Action.SEE_PEOPLE);
        doors.menu(new MenuItem("People", "/people", "people", "p", see));
        doors.get("/people", see, this::list);
        doors.get("/new-person", Access.to(Action.MANAGE_PEOPLE), this::blank);
        doors.post("/new-person", Access.to(Action.MANAGE_PEOPLE), this::add);
        doors.get("/proposals", see, this::proposals);
        doors.get(
                "/trainings",
                Access.PERSON,
                visit -> pending.of(visit.actor(), MOST_TRAININGS)
                        .map(found ->
                                Answer.show("console/peopleTrainings.jte", new TrainingsView(found, clock.instant()))));
        doors.post(
                "/proposals/:id/approve",
                see,
                visit -> decided(grants.approve(visit.actor(), id(visit)), "Approved; it is in effect."));
        doors.post("/proposals/:id/reject", see, visit -> {
            String reason = visit.form().text("reason", 0, 300);
            return decided(
                    grants.reject(visit.actor(), id(visit), reason.isEmpty() ? "-" : reason),
                    "Rejected; nothing has changed.");
        });
        doors.get(
                "/devices/:device/viewers",
                see,
                visit -> viewers.of(visit.actor(), new DeviceId(visit.part("device")))
                        .map(all ->
                                Answer.show("console/peopleViewers.jte", new ViewersView(visit.part("device"), all))));
    }

    private Future<Answer> proposals(Visit visit) {
        Future<List<Proposal>> waiting = grants.waiting(visit.actor());
        Future<Pending> his = pending.of(visit.actor(), 0);
        return Future.all(waiting, his)
                .map(both -> Answer.show(
                        "console/peopleProposals.jte",
                        new ProposalsView(waiting.result(), his.result().proposals(), visit.actor())));
    }

    private Future<Answer> list(Visit visit) {
        Form query = visit.query();
        String search = query.value("q").replaceAll("\\p{Cntrl}", " ").strip();
        String after = query.value("after").replaceAll("\\p{Cntrl}", "");
        PersonFilter filter = new PersonFilter(
                search.substring(0, Math.min(128, search.length())),
                after.isEmpty() ? null : after,
                PeopleView.SIZE + 1);
        Future<List<PersonListed>> found = people.list(visit.actor(), filter);
        Future<List<Proposal>> waiting = grants.waiting(visit.actor());
        return Future.all(found, waiting).map(both -> {
            List<PersonListed> all = found.result();
            boolean more = all.size() > PeopleView.SIZE;
            return Answer.show(
                    "console/people.jte",
                    new PeopleView(
                            more ? all.subList(0, PeopleView.SIZE) : all,
                            search,
                            more,
                            waiting.result().size()));
        });
    }

    /** A customer's administrator adds his own customer's people. */
    private Future<Answer> blank(Visit visit) {
        List<String> customers = ownCustomers(visit);
        Form form = customers.size() == 1
                ? Form.filled(Map.of("customer", customers.get(0), "organisation", customers.get(0)))
                : Form.blank();
        return Future.succeededFuture(Answer.show("console/peopleNew.jte", form));
    }

    /** Whose people the visitor may add, where not everybody's. */
    static List<String> ownCustomers(Visit visit) {
        return visit.may().view(Action.SEE_PEOPLE).places() == null
                ? List.of()
                : visit.may().grants().stream()
                        .filter(grant -> grant.role().actions().contains(Action.MANAGE_PEOPLE))
                        .flatMap(grant -> Stream.ofNullable(grant.scope().customer()))
                        .distinct()
                        .toList();
    }

    private Future<Answer> add(Visit visit) {
        Form form = visit.form();
        PersonWords words = PersonWords.ofNew(form);
        if (!form.ok()) {
            return Future.succeededFuture(Answer.mend("console/peopleNew.jte", form));
        }
        String customer = words.customer().isEmpty() ? null : words.customer();
        return people.add(
                        visit.actor(), new NewPerson(words.name(), words.displayName(), words.organisation(), customer))
                .map(added -> Answer.go("/people/" + added.name())
                        .saying(Toast.done(added.displayName() + " is added, and may nothing yet.")))
                .recover(failure -> Mending.beside(
                                form,
                                failure,
                                Map.of(
                                        Fault.CONFLICT, "name: Somebody has this name, or had it. Choose another one.",
                                        Fault.FORBIDDEN,
                                                "customer: You may add people of your own customer only. Write its name as devices have it."))
                        .map(mended -> Answer.mend("console/peopleNew.jte", mended)));
    }

    private static Future<Answer> decided(Future<Void> decision, String done) {
        return decision.map(Answer.go("/proposals").saying(Toast.done(done)))
                .recover(failure -> failure instanceof Refusal refusal && refusal.fault() != Fault.PASSKEY_NEEDED
                        ? Future.succeededFuture(Answer.go("/proposals").saying(Toast.fault(why(refusal))))
                        : Future.failedFuture(failure));
    }

    private static String why(Refusal refusal) {
        return switch (refusal.fault()) {
            case CONFLICT ->
                "It was decided meanwhile, has expired, or is void: whoever proposed it may no longer, or the person has it.";
            case NOT_FOUND -> "There is no such proposal.";
            case FORBIDDEN ->
                "Somebody else must decide this: neither who proposed it, nor whom it is about, nor one who could not give it himself.";
            default -> refusal.fault().text();
        };
    }

    private static long id(Visit visit) {
        String text = visit.part("id");
        if (!text.matches("[0-9]{1,18}")) {
            throw new Refusal(Fault.NOT_FOUND, "there is no proposal " + text);
        }
        return Long.parseLong(text);
    }
}
