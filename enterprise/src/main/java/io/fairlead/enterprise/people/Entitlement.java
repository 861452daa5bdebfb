package io.fairlead.enterprise.people;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that one actor may do at one moment: the one place where it is decided. Immutable, asks nobody; {@link Rights} makes
 * it.
 */
public final class Entitlement {
    private final Actor actor;
    private final boolean disabled;
    private final List<Grant> grants;
    private final List<Training> trainings;
    private final Instant now;

    /**
     * @param grants of a person; those that are over are left out
     * @param now the moment that it is about
     */
    Entitlement(Actor actor, boolean disabled, List<Grant> grants, List<Training> trainings, Instant now) {
        this.actor = actor;
        this.disabled = disabled;
        this.grants = grants.stream().filter(grant -> grant.holdsAt(now)).toList();
        this.trainings = List.copyOf(trainings);
        this.now = now;
    }

    public Actor actor() {
        return actor;
    }

    public boolean may(Action action, Scope scope) {
        return judge(action, scope).isAllowed();
    }

    /** Whether he may, and what he lacks when not. */
    public Judgement judge(Action action, Scope scope) {
        return explain(action, scope).judgement();
    }

    /**
     * Why he may, or why not.
     *
     * @param grant that lets him, or comes nearest to it; null when none says anything about it
     * @param training that it rests on: the one that holds longest, or ended last; null when none is needed or there is none
     */
    public record Reason(
            Judgement judgement,
            @Nullable Grant grant,
            @Nullable Training training) {}

    /** The same with what it rests on. */
    public Reason explain(Action action, Scope scope) {
        if (actor.isServersOwn()) {
            return new Reason(Judgement.ALLOWED, null, null);
        }
        if (disabled) {
            return new Reason(Judgement.DISABLED, null, null);
        }
        Reason best = new Reason(Judgement.NO_ROLE, null, null);
        for (Grant grant : grants) {
            Reason one = explain(grant, action, scope);
            if (one.judgement().compareTo(best.judgement()) < 0) {
                best = one;
            }
        }
        return best;
    }

    private Reason explain(Grant grant, Action action, Scope scope) {
        if (!allows(grant, action)) {
            return new Reason(Judgement.NO_ROLE, null, null);
        }
        if (!grant.covers(scope)) {
            return new Reason(Judgement.ELSEWHERE, grant, null);
        }
        Training training = null;
        if (grant.role().needsTraining(action)) {
            training = trainings.stream()
                    .filter(one -> one.model().equals(scope.model()))
                    .max(Comparator.comparing(Training::until))
                    .orElse(null);
            if (training == null) {
                return new Reason(Judgement.TRAINING_MISSING, grant, null);
            }
            if (!training.holdsAt(now)) {
                return new Reason(Judgement.TRAINING_EXPIRED, grant, training);
            }
        }
        boolean unconfirmed = action.isGuarded() && !actor.confirmed();
        return new Reason(unconfirmed ? Judgement.NOT_CONFIRMED : Judgement.ALLOWED, grant, training);
    }

    private boolean allows(Grant grant, Action action) {
        return grant.role().actions().contains(action) && !(actor.isAccount() && action.isForPeopleOnly());
    }

    /** Whether he may give this role in this place to people of this customer, and what he lacks when not. */
    Judgement judgeGrant(Role role, Scope where, @Nullable String customerOfPerson) {
        if (actor.isServersOwn()) {
            return Judgement.ALLOWED;
        }
        Judgement may = judge(Action.GRANT, Scope.ofPeople(customerOfPerson));
        if (!may.isAllowed() && may != Judgement.NOT_CONFIRMED) {
            return may;
        }
        boolean his = grants.stream()
                .anyMatch(grant -> grant.role().gives().contains(role)
                        && grant.covers(Scope.ofPeople(customerOfPerson))
                        && grant.covers(where));
        return his ? may : Judgement.BEYOND_HIS_OWN;
    }

    /** Where he may do it, for lists. What it shows and what {@link #judge} allows is the same. */
    public View view(Action action) {
        if (actor.isServersOwn()) {
            return View.EVERYTHING;
        }
        Set<Scope> places = new LinkedHashSet<>();
        if (!disabled && (actor.confirmed() || !action.isGuarded())) {
            grants.stream()
                    .filter(grant -> allows(grant, action))
                    .forEach(grant -> places.addAll(places(grant, action)));
        }
        return places.contains(Scope.PLATFORM) ? View.EVERYTHING : new View(List.copyOf(places));
    }

    private List<Scope> places(Grant grant, Action action) {
        if (!grant.role().needsTraining(action)) {
            return List.of(grant.scope());
        }
        List<Scope> places = new ArrayList<>();
        for (Training training : trainings) {
            String model = grant.scope().model();
            if (training.holdsAt(now) && (model == null || model.equals(training.model()))) {
                places.add(new Scope(grant.scope().region(), grant.scope().customer(), training.model()));
            }
        }
        return places;
    }

    /** Whether a role of his allows it anywhere, his passkey and training aside: what menus show, what log-in asks for. */
    public boolean hasRoleFor(Action action) {
        return actor.isServersOwn() || (!disabled && grants.stream().anyMatch(grant -> allows(grant, action)));
    }

    /** Whether he must log in with a passkey: some role of his allows what is guarded. */
    public boolean needsPasskey() {
        return actor.kind() == Actor.Kind.PERSON
                && grants.stream()
                        .anyMatch(grant -> grant.role().actions().stream().anyMatch(Action::isGuarded));
    }

    /** The grants that hold. */
    public List<Grant> grants() {
        return grants;
    }

    /** Those on record, also those that are out of date. */
    public List<Training> trainings() {
        return trainings;
    }
}
