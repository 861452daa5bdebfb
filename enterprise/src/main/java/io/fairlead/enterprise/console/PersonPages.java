package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Toast;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.login.LogInStanding;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Grants;
import io.fairlead.enterprise.people.People;
import io.fairlead.enterprise.people.Role;
import io.fairlead.enterprise.people.Scope;
import io.fairlead.enterprise.people.Widened;
import io.fairlead.enterprise.people.Widening;
import io.fairlead.enterprise.roster.Choices;
import io.fairlead.enterprise.roster.Roster;
import io.fairlead.enterprise.roster.RosterFilter;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One person: his roles, his trainings, and what can be done about them. A day typed is that day's end, UTC. */
public final class PersonPages implements Pages {
    private static final String PAGE = "console/peoplePerson.jte";

    private final People people;
    private final Grants grants;
    private final PasswordLinks links;
    private final Function<String, Future<LogInStanding>> logIns;
    private final Roster roster;
    private final Clock clock;

    /** @param logIns how it stands with the log-in of a person */
    public PersonPages(
            People people,
            Grants grants,
            PasswordLinks links,
            Function<String, Future<LogInStanding>> logIns,
            Roster roster,
            Clock clock) {
        this.people = people;
        this.grants = grants;
        this.links = links;
        this.logIns = logIns;
        this.roster = roster;
        this.clock = clock;
    }

    @Override
    public void mount(Doors doors) {
        doors.get(
                "/people/:name",
                Access.PERSON,
                visit -> page(visit, Map.of(), null).map(view -> Answer.show(PAGE, view)));
        doors.post("/people/:name/words", Access.to(Action.MANAGE_PEOPLE), this::change);
        doors.post("/people/:name/disable", Access.to(Action.MANAGE_PEOPLE), this::disable);
        doors.post(
                "/people/:name/enable",
                Access.to(Action.MANAGE_PEOPLE),
                visit -> widen(
                        visit, "enable", new Widening.Enabling(visit.part("name")), "This person may log in again."));
        doors.post("/people/:name/link", Access.to(Action.MANAGE_PEOPLE), this::link);
        doors.post("/people/:name/roles", Access.to(Action.GRANT), this::grant);
        doors.post(
                "/people/:name/roles/:id/withdraw",
                Access.to(Action.GRANT),
                visit -> back(
                        visit,
                        grants.withdraw(visit.actor(), visit.part("name"), id(visit), "-"),
                        "The role is withdrawn, at once."));
        doors.post("/people/:name/trainings", Access.to(Action.TRAIN), this::train);
        doors.post(
                "/people/:name/trainings/:id/withdraw",
                Access.to(Action.TRAIN),
                visit -> back(
                        visit,
                        grants.withdrawTraining(visit.actor(), visit.part("name"), id(visit), "-"),
                        "The training is off the record, at once."));
    }

    private Future<PersonView> page(Visit visit, Map<String, Form> forms, @Nullable String link) {
        return people.details(visit.actor(), visit.part("name")).compose(details -> {
            Future<Choices> choices = roster.choices(visit.actor());
            Future<LogInStanding> logIn = logIns.apply(details.person().name());
            return Future.all(choices, logIn)
                    .map(both -> new PersonView(
                            details,
                            logIn.result(),
                            visit.actor(),
                            visit.may(),
                            forms,
                            choices.result(),
                            clock.instant(),
                            link));
        });
    }

    private Future<Answer> mend(Visit visit, String form) {
        return page(visit, Map.of(form, visit.form()), null).map(view -> Answer.mend(PAGE, view));
    }

    private Future<Answer> change(Visit visit) {
        PersonWords words = PersonWords.ofChange(visit.form());
        if (!visit.form().ok()) {
            return mend(visit, "words");
        }
        return people.change(visit.actor(), visit.part("name"), words.displayName(), words.organisation())
                .map(changed -> gone(visit, "Saved."))
                .recover(failure -> mended(visit, "words", failure, Map.of()));
    }

    private Future<Answer> disable(Visit visit) {
        String reason = visit.form().text("reason", 3, 300);
        if (!visit.form().ok()) {
            return mend(visit, "disable");
        }
        return people.disable(visit.actor(), visit.part("name"), reason)
                .map(fresh -> gone(visit, "Disabled; every session is over."))
                .recover(failure -> mended(visit, "disable", failure, Map.of()));
    }

    private Future<Answer> link(Visit visit) {
        return links.make(visit.actor(), visit.part("name"), visit.form().ticked("newPasskey"))
                .compose(link -> page(visit, Map.of(), link))
                .map(view -> Answer.show(PAGE, view))
                .recover(failure -> mended(visit, "link", failure, Map.of()));
    }

    private Future<Answer> grant(Visit visit) {
        Form form = visit.form();
        Role role = form.choice("role", Role.class, Role.CUSTOMER_USER);
        Scope scope = new Scope(place(form, "region"), place(form, "customer"), place(form, "model"));
        Optional<Instant> until = end(form, "until", false);
        if (role.isOfCustomer() && scope.customer() == null) {
            form.fault("customer", "This role is given at one customer: write its name, as devices have it.");
        }
        if (!form.ok()) {
            return mend(visit, "role");
        }
        return widen(
                visit,
                "role",
                new Widening.OfRole(visit.part("name"), role, scope, until.orElse(null)),
                "The role is given.");
    }

    private static @Nullable String place(Form form, String field) {
        String text = PersonWords.plain(form, field, 0);
        return text.isEmpty() ? null : text;
    }

    private Future<Answer> train(Visit visit) {
        Form form = visit.form();
        String model = PersonWords.plain(form, "model", 1);
        String evidence = PersonWords.plain(form, "evidence", 1);
        Optional<Instant> until = end(form, "until", true);
        if (!form.ok()) {
            return mend(visit, "training");
        }
        return widen(
                visit,
                "training",
                new Widening.OfTraining(visit.part("name"), model, until.orElse(clock.instant()), evidence),
                "The training is on record.");
    }

    private Optional<Instant> end(Form form, String field, boolean needed) {
        Optional<LocalDate> day = form.date(field);
        if (day.isEmpty() && needed) {
            form.fault(field, "This is needed.");
        }
        Optional<Instant> end = day.filter(one -> one.getYear() < 3_000)
                .map(one -> one.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        if (day.isPresent() && end.filter(one -> one.isAfter(clock.instant())).isEmpty()) {
            form.fault(field, "A day to come, please.");
        }
        return end;
    }

    private Future<Answer> widen(Visit visit, String form, Widening widening, String done) {
        return grants.widen(visit.actor(), widening)
                .compose(widened ->
                        warning(visit.actor(), widening).map(warned -> gone(visit, said(widened, done) + warned)))
                .recover(failure -> mended(visit, form, failure, Map.of()));
    }

    /** A place is free text, since a role may come before its devices; a slip of the pen shall not pass unseen. */
    private Future<String> warning(Actor actor, Widening widening) {
        Scope scope = widening instanceof Widening.OfRole of
                ? of.scope()
                : widening instanceof Widening.OfTraining of ? new Scope(null, null, of.model()) : Scope.PLATFORM;
        if (scope.equals(Scope.PLATFORM)) {
            return Future.succeededFuture("");
        }
        RosterFilter there =
                new RosterFilter("", scope.customer(), null, scope.region(), scope.model(), null, Set.of(), Set.of());
        return roster.counts(actor, there)
                .map(counts -> counts.total() > 0
                        ? ""
                        : " Mind: no device that you see is there yet (" + scope.words() + ").");
    }

    private static String said(Widened widened, String done) {
        return widened.isInEffect() ? done : "Proposed. It has effect once another administrator approves of it.";
    }

    private Future<Answer> mended(Visit visit, String form, Throwable failure, Map<Fault, String> messages) {
        return Mending.beside(visit.form(), failure, messages).compose(mended -> mend(visit, form));
    }

    /** Somebody may have been faster; a person who is not there is another matter. */
    private Future<Answer> back(Visit visit, Future<Void> deed, String done) {
        return deed.map(withdrawn -> gone(visit, done)).recover(failure -> {
            boolean late = failure instanceof Refusal refusal && refusal.fault() == Fault.NOT_FOUND;
            return late
                    ? people.get(visit.actor(), visit.part("name"))
                            .map(person -> Answer.go("/people/" + person.name())
                                    .saying(Toast.fault("There was nothing left to withdraw.")))
                    : Future.failedFuture(failure);
        });
    }

    private static Answer gone(Visit visit, String said) {
        return Answer.go("/people/" + visit.part("name")).saying(Toast.done(said));
    }

    private static long id(Visit visit) {
        String text = visit.part("id");
        if (!text.matches("[0-9]{1,18}")) {
            throw new Refusal(Fault.NOT_FOUND, "nothing has the number " + text);
        }
        return Long.parseLong(text);
    }
}
