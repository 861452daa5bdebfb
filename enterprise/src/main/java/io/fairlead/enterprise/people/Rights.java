package io.fairlead.enterprise.people;

import io.fairlead.enterprise.kernel.Database;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers every lane and every feature who may do what. A person's grants and trainings are read for each question, so
 * what is withdrawn, or over, has effect with the next request.
 */
public final class Rights {
    /** As the contract has it. */
    private static final int WORDS = 128;

    private final Database database;
    private final Clock clock;
    private final EntitlementStore store = new EntitlementStore();

    public Rights(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** All that somebody may now. A person or an account that is unknown may nothing. */
    public Future<Entitlement> of(Actor actor) {
        return of(database.pool(), actor);
    }

    /** The same within the caller's transaction. */
    public Future<Entitlement> of(SqlClient client, Actor actor) {
        return actor.isServersOwn()
                ? Future.succeededFuture(new Entitlement(actor, false, List.of(), List.of(), clock.instant()))
                : store.read(client, actor, clock.instant());
    }

    /** Fails with Refusal(FORBIDDEN), or PASSKEY_NEEDED, ADDRESS_LIMIT_NEEDED of an account, when that is all that is missing. */
    public Future<Void> must(Actor actor, Action action, Scope scope) {
        return must(database.pool(), actor, action, scope);
    }

    /** The same within the caller's transaction. */
    public Future<Void> must(SqlClient client, Actor actor, Action action, Scope scope) {
        return of(client, actor).map(entitlement -> {
            check(entitlement, action, scope);
            return null;
        });
    }

    /**
     * Whoever may set another's password could act as him, so he must be able to give all that the other has. Fails with
     * Refusal(FORBIDDEN), or PASSKEY_NEEDED.
     *
     * @param customer whose people the other is one of
     */
    public Future<Void> mustStandAbove(Actor actor, String other, @Nullable String customer) {
        return mustStandAbove(database.pool(), actor, Actor.person(other, true), customer);
    }

    /** The same of a person or an account, within the caller's transaction. */
    public Future<Void> mustStandAbove(SqlClient client, Actor actor, Actor other, @Nullable String customer) {
        return of(client, actor)
                .compose(entitlement -> of(client, other).map(his -> {
                    his.grants()
                            .forEach(grant -> check(
                                    entitlement,
                                    Action.GRANT,
                                    entitlement.judgeGrant(grant.role(), grant.scope(), customer)));
                    return null;
                }));
    }

    /**
     * Who it is, in words for the person at an instrument: display name, name, organisation; at most {@value #WORDS}
     * characters.
     */
    public Future<String> inWords(SqlClient client, Actor actor) {
        return actor.isServersOwn()
                ? Future.succeededFuture(Words.shortened(actor.audited(), WORDS))
                : store.words(client, actor.name(), WORDS);
    }

    /** The same with what is already known. */
    public static void check(Entitlement entitlement, Action action, Scope scope) {
        check(entitlement, action, entitlement.judge(action, scope));
    }

    static void check(Entitlement entitlement, Action action, Judgement judgement) {
        if (!judgement.isAllowed()) {
            throw new Refusal(
                    judgement == Judgement.NOT_CONFIRMED ? unconfirmed(entitlement.actor()) : Fault.FORBIDDEN,
                    "actor=" + entitlement.actor() + " action=" + action + ": " + judgement.text());
        }
    }

    private static Fault unconfirmed(Actor actor) {
        return actor.isAccount() ? Fault.ADDRESS_LIMIT_NEEDED : Fault.PASSKEY_NEEDED;
    }
}
