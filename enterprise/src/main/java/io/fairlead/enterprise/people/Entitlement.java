package io.fairlead.enterprise.people;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
        if (actor.kind() != Actor.Kind.PERSON) {
            return Judgement.ALLOWED;
        }
        if (disabled) {
            return Judgement.DISABLED;
        }
        Judgement best = Judgement.NO_ROLE;
        for (Grant grant : grants) {
            Judgement one = judge(grant, action, scope);
            if (one.compareTo(best) < 0) {
                best = one;
            }
        }
        return best;
    }

    private Judgement judge(Grant grant, Action action, Scope scope) {
        if (!grant.role().actions().contains(action)) {
            return Judgement.NO_ROLE;
        }
        if (!grant.covers(scope)) {
            return Judgement.ELSEWHERE;
        }
        if (grant.role().needsTraining(action)) {
            List<Training> onModel = trainings.stream()
                    .filter(training -> training.model().equals(scope.model()))
                    .toList();
            if (onModel.isEmpty()) {
                return Judgement.TRAINING_MISSING;
            }
            if (onModel.stream().noneMatch(training -> training.holdsAt(now))) {
                return Judgement.TRAINING_EXPIRED;
            }
        }
        return action.isGuarded() && !actor.confirmed() ? Judgement.NOT_CONFIRMED : Judgement.ALLOWED;
    }

    /** Where he may do it, for lists. What it shows and what {@link #judge} allows is the same. */
    public View view(Action action) {
        if (actor.kind() != Actor.Kind.PERSON) {
            return View.EVERYTHING;
        }
        Set<Scope> places = new LinkedHashSet<>();
        if (!disabled && (actor.confirmed() || !action.isGuarded())) {
            grants.stream()
                    .filter(grant -> grant.role().actions().contains(action))
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
        return actor.kind() != Actor.Kind.PERSON
                || !disabled
                        && grants.stream()
                                .anyMatch(grant -> grant.role().actions().contains(action));
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
