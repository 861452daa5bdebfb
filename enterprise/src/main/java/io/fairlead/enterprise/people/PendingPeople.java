package io.fairlead.enterprise.people;

import io.fairlead.enterprise.kernel.Database;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds what waits for somebody among the people: proposals, and trainings that must be renewed. Changes nothing. */
public final class PendingPeople {
    /** Before its end a training is to be renewed. */
    public static final Duration SOON = Duration.ofDays(30);

    private final Database database;
    private final Rights rights;
    private final Clock clock;
    private final PeopleStore people = new PeopleStore();
    private final GrantStore grants = new GrantStore();
    private final ProposalStore proposals = new ProposalStore();
    private final EndingStore endings = new EndingStore();

    public PendingPeople(Database database, Rights rights, Clock clock) {
        this.database = database;
        this.rights = rights;
        this.clock = clock;
    }

    /**
     * What waits for the actor.
     *
     * @param trainings how many are listed, at most
     */
    public Future<Pending> of(Actor actor, int trainings) {
        Instant now = clock.instant();
        return rights.of(actor).compose(entitlement -> {
            View view = entitlement.view(Action.SEE_PEOPLE);
            Future<List<Proposal>> his = decidable(entitlement, view, now);
            Future<EndingStore.Found> ending =
                    endings.list(database.pool(), view, actor.person(), now, now.plus(SOON), trainings);
            return Future.all(his, ending)
                    .map(both -> new Pending(
                            his.result(),
                            ending.result().first(),
                            ending.result().all()));
        });
    }

    /** One that his passkey must confirm first counts: he will be asked for it. */
    private Future<List<Proposal>> decidable(Entitlement entitlement, View view, Instant now) {
        Actor actor = entitlement.actor();
        return proposals
                .waiting(database.pool(), null, view, actor.person(), now)
                .map(waiting -> waiting.stream()
                        .filter(one -> !actor.isSameAs(Actor.ofAudited(one.by())))
                        .filter(one -> !actor.is(one.widening().person()))
                        .filter(one -> entitlement.hasRoleFor(one.widening().right()))
                        .toList())
                .compose(others -> others.isEmpty()
                        ? Future.succeededFuture(others)
                        : people.named(database.pool(), names(others.stream()))
                                .compose(persons -> returning(others)
                                        .map(has -> others.stream()
                                                .filter(one -> decides(entitlement, one, persons, has))
                                                .toList())));
    }

    private static boolean decides(
            Entitlement entitlement, Proposal proposal, Map<String, Person> persons, Map<String, List<Grant>> has) {
        String name = proposal.widening().person();
        Person person = persons.get(name);
        if (person == null) {
            return false;
        }
        Judgement may =
                Administrators.judge(entitlement, proposal.widening(), person, has.getOrDefault(name, List.of()));
        return may.isAllowed() || may == Judgement.NOT_CONFIRMED;
    }

    private static List<String> names(Stream<Proposal> of) {
        return of.map(one -> one.widening().person()).distinct().toList();
    }

    /** What those have who are to come back: whoever lets them must be able to give all of it. */
    private Future<Map<String, List<Grant>>> returning(List<Proposal> waiting) {
        Future<Map<String, List<Grant>>> read = Future.succeededFuture(new HashMap<>());
        for (String name : names(waiting.stream().filter(one -> one.widening() instanceof Widening.Enabling))) {
            read = read.compose(has -> grants.grants(database.pool(), name).map(granted -> {
                has.put(name, granted.stream().map(PersonDetails.Granted::grant).toList());
                return has;
            }));
        }
        return read;
    }
}
