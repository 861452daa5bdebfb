package io.fairlead.enterprise.people;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Roles and trainings of people. Nobody changes his own. What widens somebody's rights needs a second person as soon as there
 * is one: somebody with a log-in who may give the same, and is neither the first nor the one it is about; users of the
 * operating system count as one person together. What another system wants by its account always waits for a person. What
 * narrows them has effect at once. All changes come one after the other,
 * each judged by what the one before has left.
 */
public final class Grants {
    private final Database database;
    private final Rights rights;
    private final Audit audit;
    private final Administrators administrators;
    private final Clock clock;
    private final PeopleStore people = new PeopleStore();
    private final GrantStore store = new GrantStore();
    private final ProposalStore proposals = new ProposalStore();

    public Grants(Database database, Rights rights, Audit audit, LogIns logIns, Clock clock) {
        this.database = database;
        this.rights = rights;
        this.audit = audit;
        this.administrators = new Administrators(logIns);
        this.clock = clock;
    }

    /**
     * Widens somebody's rights, or proposes it when that needs a second person. Fails with Refusal: INVALID, NOT_FOUND,
     * FORBIDDEN, PASSKEY_NEEDED, ADDRESS_LIMIT_NEEDED, CONFLICT when he has it, it was proposed, or he is disabled.
     */
    public Future<Widened> widen(Actor actor, Widening widening) {
        return widen(actor, widening, subject -> Optional.empty());
    }

    /**
     * The same for a system that says again and again which trainings there are: one that is on record alike is in effect, one
     * that was proposed alike goes on waiting, and neither changes anything. Of accounts no other system says that they are
     * trained: Refusal(FORBIDDEN).
     */
    public Future<Widened> push(Actor actor, Widening.OfTraining training) {
        Widening.OfTraining stored = new Widening.OfTraining(
                training.person(),
                training.model(),
                training.until().truncatedTo(ChronoUnit.MICROS),
                training.evidence());
        return widen(actor, stored, subject -> {
            if (actor.isAccount() && subject.person().isAccount()) {
                throw new Refusal(
                        Fault.FORBIDDEN,
                        "actor=" + actor + ": no account says that " + stored.person() + " is trained");
            }
            return subject.before(stored);
        });
    }

    /** @param before what became of it when it was wanted before; asked when he may want it at all */
    private Future<Widened> widen(Actor actor, Widening widening, Function<Beneficiary, Optional<Widened>> before) {
        return alone(connection -> subject(connection, actor, widening.person())
                .compose(subject -> rights.of(connection, actor).compose(entitlement -> {
                    People.mustNotBeHimself(actor, widening.person());
                    Rights.check(
                            entitlement,
                            widening.right(),
                            Administrators.judge(entitlement, widening, subject.person(), subject.has()));
                    Optional<Widened> known = before.apply(subject);
                    if (known.isPresent()) {
                        return Future.succeededFuture(known.get());
                    }
                    subject.mustTake(widening, clock.instant());
                    Future<Boolean> waits = actor.isAccount()
                            ? Future.succeededFuture(true)
                            : administrators.hasSecond(
                                    connection, actor, widening, subject.person(), subject.has(), clock.instant());
                    return waits.compose(second -> second
                            ? proposed(connection, actor, widening, subject)
                            : effect(connection, subject.person(), widening, actor.audited(), null)
                                    .map(Widened.IN_EFFECT));
                })));
    }

    private Future<Widened> proposed(SqlConnection connection, Actor actor, Widening widening, Beneficiary subject) {
        subject.mustNotWaitFor(widening);
        return proposals
                .insert(connection, widening, actor.audited(), clock.instant())
                .compose(proposal -> record(
                                connection,
                                actor.audited(),
                                AuditCode.PROPOSAL_MADE,
                                subject.person(),
                                "proposal=" + proposal.id() + " " + widening.words())
                        .map(new Widened(proposal)));
    }

    /** @param by who wanted it first */
    private Future<Void> effect(
            SqlConnection connection, Person person, Widening widening, String by, @Nullable String approvedBy) {
        Instant now = clock.instant();
        AuditCode code;
        Future<?> done;
        if (widening instanceof Widening.OfRole role) {
            code = AuditCode.GRANT_GIVEN;
            done = store.insert(connection, role, by, approvedBy, now);
        } else if (widening instanceof Widening.OfTraining training) {
            code = AuditCode.TRAINING_RECORDED;
            done = store.insert(connection, training, by, approvedBy, now);
        } else {
            code = AuditCode.PERSON_ENABLED;
            done = people.disable(connection, person.name(), null);
        }
        String detail = widening.words() + (approvedBy == null ? "" : " approvedBy=" + approvedBy);
        return done.compose(written -> record(connection, by, code, person, detail));
    }

    /**
     * Puts a proposal into effect. Whoever proposed it must still be allowed to. Fails with Refusal: NOT_FOUND, FORBIDDEN for
     * whoever proposed it, whom it is about, or who might not propose it himself, PASSKEY_NEEDED, CONFLICT when it is decided, expired
     * or void.
     */
    public Future<Void> approve(Actor actor, long id) {
        return alone(connection -> waiting(connection, actor, id)
                .compose(proposal -> subject(
                                connection, actor, proposal.widening().person())
                        .compose(subject -> approve(connection, actor, proposal, subject))));
    }

    private Future<Void> approve(SqlConnection connection, Actor actor, Proposal proposal, Beneficiary subject) {
        Widening widening = proposal.widening();
        Person person = subject.person();
        Actor first = Actor.ofAudited(proposal.by());
        People.mustNotBeHimself(actor, person.name());
        mustBeNoAccount(actor);
        if (actor.isSameAs(first)) {
            throw new Refusal(Fault.FORBIDDEN, "proposal " + id(proposal) + " needs somebody else to approve of it");
        }
        return rights.of(connection, actor)
                .compose(entitlement -> {
                    Rights.check(
                            entitlement,
                            widening.right(),
                            Administrators.judge(entitlement, widening, person, subject.has()));
                    return rights.of(connection, first);
                })
                .compose(proposer -> {
                    if (!Administrators.judge(proposer, widening, person, subject.has())
                            .isAllowed()) {
                        throw new Refusal(
                                Fault.CONFLICT,
                                "proposal " + id(proposal) + " is void: " + first + " may no longer propose it");
                    }
                    subject.mustTake(widening, clock.instant());
                    return proposals.decide(connection, proposal.id(), actor.audited(), true, clock.instant());
                })
                .compose(decided -> record(
                        connection,
                        actor.audited(),
                        AuditCode.PROPOSAL_APPROVED,
                        person,
                        "proposal=" + proposal.id() + " " + widening.words()))
                .compose(recorded -> effect(connection, person, widening, proposal.by(), actor.audited()));
    }

    /**
     * Ends a proposal without effect: whoever might approve of it may, and whoever made it. Fails with Refusal as
     * {@link #approve} does.
     *
     * @param reason for people, in the audit
     */
    public Future<Void> reject(Actor actor, long id, String reason) {
        return alone(connection -> waiting(connection, actor, id).compose(proposal -> {
            Widening widening = proposal.widening();
            return subject(connection, actor, widening.person())
                    .compose(subject -> rights.of(connection, actor).compose(entitlement -> {
                        if (!actor.isSameAs(Actor.ofAudited(proposal.by()))) {
                            mustBeNoAccount(actor);
                            People.mustNotBeHimself(actor, widening.person());
                            Rights.check(
                                    entitlement,
                                    widening.right(),
                                    Administrators.judge(entitlement, widening, subject.person(), subject.has()));
                        }
                        return proposals
                                .decide(connection, id, actor.audited(), false, clock.instant())
                                .compose(decided -> record(
                                        connection,
                                        actor.audited(),
                                        AuditCode.PROPOSAL_REJECTED,
                                        subject.person(),
                                        "proposal=" + id + " " + widening.words() + " reason=" + reason));
                    }));
        }));
    }

    private static void mustBeNoAccount(Actor actor) {
        if (actor.isAccount()) {
            throw new Refusal(Fault.FORBIDDEN, "actor=" + actor + ": people decide proposals, no account does");
        }
    }

    private Future<Proposal> waiting(SqlConnection connection, Actor actor, long id) {
        return proposals.find(connection, id, clock.instant()).compose(found -> {
            Proposal proposal = found.orElseThrow(() -> noProposal(id));
            return People.seen(
                            people,
                            rights,
                            connection,
                            actor,
                            proposal.widening().person())
                    .recover(unseen -> Future.failedFuture(unseen instanceof Refusal ? noProposal(id) : unseen))
                    .map(seen -> {
                        if (proposal.state() != Proposal.State.WAITING) {
                            throw new Refusal(
                                    Fault.CONFLICT,
                                    "proposal " + id + " is "
                                            + proposal.state().name().toLowerCase(Locale.ROOT) + " already");
                        }
                        return proposal;
                    });
        });
    }

    private static Refusal noProposal(long id) {
        return new Refusal(Fault.NOT_FOUND, "there is no proposal " + id);
    }

    private static String id(Proposal proposal) {
        return Long.toString(proposal.id());
    }

    /** The proposals that wait, about people of his view or made by him. */
    public Future<List<Proposal>> waiting(Actor actor) {
        return rights.of(actor)
                .compose(entitlement -> proposals.waiting(
                        database.pool(), null, entitlement.view(Action.SEE_PEOPLE), actor.person(), clock.instant()));
    }

    /**
     * Takes a role away, at once.
     *
     * @param id as {@link Grant} has it
     * @param reason for people, in the audit
     * @return fails with Refusal: NOT_FOUND, FORBIDDEN, PASSKEY_NEEDED
     */
    public Future<Void> withdraw(Actor actor, String name, long id, String reason) {
        return narrowed(
                actor,
                name,
                Action.GRANT,
                (connection, person) -> store.withdrawGrant(connection, name, id, actor.audited(), clock.instant())
                        .compose(found -> {
                            Grant grant = found.orElseThrow(() -> none(name, "role", id));
                            return record(
                                    connection,
                                    actor.audited(),
                                    AuditCode.GRANT_WITHDRAWN,
                                    person,
                                    "role=" + grant.role().key() + " "
                                            + grant.scope().words() + " reason=" + reason);
                        }));
    }

    /** Takes a training from the record, at once; as {@link #withdraw}. */
    public Future<Void> withdrawTraining(Actor actor, String name, long id, String reason) {
        return narrowed(
                actor,
                name,
                Action.TRAIN,
                (connection, person) -> store.withdrawTraining(connection, name, id, actor.audited(), clock.instant())
                        .compose(found -> {
                            Training training = found.orElseThrow(() -> none(name, "training", id));
                            return record(
                                    connection,
                                    actor.audited(),
                                    AuditCode.TRAINING_WITHDRAWN,
                                    person,
                                    "training=\"" + training.model() + "\" until=" + training.until() + " reason="
                                            + reason);
                        }));
    }

    private static Refusal none(String name, String what, long id) {
        return new Refusal(Fault.NOT_FOUND, name + " has no " + what + " " + id);
    }

    @FunctionalInterface
    private interface Narrowing {
        Future<Void> done(SqlConnection connection, Person person);
    }

    private Future<Void> narrowed(Actor actor, String name, Action action, Narrowing narrowing) {
        return alone(connection -> People.seen(people, rights, connection, actor, name)
                .compose(person -> {
                    People.mustNotBeHimself(actor, name);
                    return rights.must(connection, actor, action, person.scope())
                            .map(person);
                })
                .compose(person -> narrowing.done(connection, person)));
    }

    private Future<Beneficiary> subject(SqlConnection connection, Actor actor, String name) {
        return People.seen(people, rights, connection, actor, name)
                .compose(person -> store.grants(connection, name)
                        .compose(grants -> store.trainings(connection, name)
                                .compose(trainings -> proposals
                                        .waiting(connection, name, View.EVERYTHING, null, clock.instant())
                                        .map(waiting -> new Beneficiary(person, grants, trainings, waiting)))));
    }

    private <T> Future<T> alone(Function<SqlConnection, Future<T>> steps) {
        return database.inTransaction(connection -> people.alone(connection).compose(alone -> steps.apply(connection)));
    }

    private Future<Void> record(SqlConnection connection, String actor, AuditCode code, Person person, String detail) {
        return audit.record(connection, new AuditEntry(actor, code, person.audited(), detail));
    }
}
