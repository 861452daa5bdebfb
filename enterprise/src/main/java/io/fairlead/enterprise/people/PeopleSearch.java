package io.fairlead.enterprise.people;

import io.fairlead.enterprise.kernel.Database;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds people, accounts and trainings, and counts them. Whom somebody may not see is in no count of his; himself everybody
 * sees.
 */
public final class PeopleSearch {
    private final Database database;
    private final Rights rights;
    private final Clock clock;
    private final PeopleSearchStore store = new PeopleSearchStore();

    public PeopleSearch(Database database, Rights rights, Clock clock) {
        this.database = database;
        this.rights = rights;
        this.clock = clock;
    }

    /**
     * Some of what was found.
     *
     * @param total on all pages
     * @param page which one this is, from 1
     */
    public record Page<T>(List<T> items, int total, int page) {}

    /** A training on record. */
    public record Found(String person, PersonDetails.Trained trained) {}

    /** Where somebody looks. */
    record Asked(View view, @Nullable String own) {}

    /** A page of people. Fails with Refusal(FORBIDDEN) for whom no role lets see people anywhere. */
    public Future<Page<PersonListed>> people(Actor actor, PersonQuery query) {
        return asked(actor)
                .compose(asked -> page(
                        query.page(),
                        query.size(),
                        store.count(database.pool(), asked, query, clock.instant()),
                        offset -> store.people(database.pool(), asked, query, clock.instant(), offset)));
    }

    /** A page of trainings; fails the same way. */
    public Future<Page<Found>> trainings(Actor actor, TrainingQuery query) {
        return asked(actor)
                .compose(asked -> page(
                        query.page(),
                        query.size(),
                        store.count(database.pool(), asked, query),
                        offset -> store.trainings(database.pool(), asked, query, offset)));
    }

    private Future<Asked> asked(Actor actor) {
        return rights.of(actor).map(entitlement -> {
            if (!entitlement.hasRoleFor(Action.SEE_PEOPLE)) {
                throw new Refusal(Fault.FORBIDDEN, "actor=" + actor + " action=SEE_PEOPLE: no role allows it");
            }
            return new Asked(entitlement.view(Action.SEE_PEOPLE), actor.isServersOwn() ? null : actor.name());
        });
    }

    /** What there is is counted first, so that no page is beyond the last. */
    private static <T> Future<Page<T>> page(
            int wanted, int size, Future<Integer> counted, IntFunction<Future<List<T>>> lines) {
        return counted.compose(total -> {
            int page = Math.min(wanted, Math.max(1, (total + size - 1) / size));
            return lines.apply((page - 1) * size).map(found -> new Page<>(found, total, page));
        });
    }
}
