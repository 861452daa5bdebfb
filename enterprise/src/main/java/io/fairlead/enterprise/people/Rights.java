package io.fairlead.enterprise.people;

import io.fairlead.enterprise.kernel.Database;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;

/**
 * Answers every lane and every feature who may do what. A person's grants and trainings are read for each question, so
 * what is withdrawn, or over, has effect with the next request.
 */
public final class Rights {
    private final Database database;
    private final Clock clock;
    private final EntitlementStore store = new EntitlementStore();

    public Rights(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** All that somebody may now. A person who is unknown may nothing. */
    public Future<Entitlement> of(Actor actor) {
        return actor.kind() == Actor.Kind.PERSON
                ? store.read(database.pool(), actor, clock.instant())
                : Future.succeededFuture(new Entitlement(actor, false, List.of(), List.of(), clock.instant()));
    }

    /** Fails with Refusal(FORBIDDEN), or PASSKEY_NEEDED when that is all that is missing. */
    public Future<Void> must(Actor actor, Action action, Scope scope) {
        return of(actor).map(entitlement -> {
            check(entitlement, action, scope);
            return null;
        });
    }

    /** The same with what is already known. */
    public static void check(Entitlement entitlement, Action action, Scope scope) {
        Judgement judgement = entitlement.judge(action, scope);
        if (!judgement.isAllowed()) {
            throw new Refusal(
                    judgement == Judgement.NOT_CONFIRMED ? Fault.PASSKEY_NEEDED : Fault.FORBIDDEN,
                    "actor=" + entitlement.actor() + " action=" + action + ": " + judgement.text());
        }
    }
}
