package io.fairlead.enterprise.people;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.PlainText;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The people. Each deed is one transaction with its entry in the audit. Whoever may not see a person gets NOT_FOUND as if
 * there were none; everybody may see himself, and nobody change himself.
 */
public final class People {
    private final Database database;
    private final Rights rights;
    private final Audit audit;
    private final PersonListener listener;
    private final Clock clock;
    private final PeopleStore store = new PeopleStore();
    private final EntitlementStore entitlements = new EntitlementStore();
    private final GrantStore grants = new GrantStore();
    private final ProposalStore proposals = new ProposalStore();

    /** @param listener hears that somebody is disabled */
    public People(Database database, Rights rights, Audit audit, PersonListener listener, Clock clock) {
        this.database = database;
        this.rights = rights;
        this.audit = audit;
        this.listener = listener;
        this.clock = clock;
    }

    /** Adds a person, who may nothing yet. Fails with Refusal: FORBIDDEN, PASSKEY_NEEDED, CONFLICT when the name is taken. */
    public Future<Person> add(Actor actor, NewPerson person) {
        return database.inTransaction(connection -> add(connection, actor, Person.Kind.PERSON, person));
    }

    /** The same of a person or an account, within the caller's transaction. */
    public Future<Person> add(SqlConnection connection, Actor actor, Person.Kind kind, NewPerson person) {
        return rights.must(connection, actor, Action.MANAGE_PEOPLE, Scope.ofPeople(person.customer()))
                .compose(may -> store.insert(connection, kind, person, actor.audited(), clock.instant()))
                .compose(fresh -> {
                    if (!fresh) {
                        throw new Refusal(Fault.CONFLICT, "the name " + person.name() + " is taken");
                    }
                    return store.find(connection, person.name());
                })
                .map(Optional::orElseThrow)
                .compose(added -> record(connection, actor, AuditCode.PERSON_ADDED, added, words(added))
                        .map(added));
    }

    /**
     * Says how he is called from now on; his name stays, and so does whose he is. Fails with Refusal: INVALID, NOT_FOUND,
     * FORBIDDEN, PASSKEY_NEEDED.
     */
    public Future<Person> change(Actor actor, String name, String displayName, String organisation) {
        return database.inTransaction(connection -> manage(connection, actor, name)
                .compose(person -> {
                    NewPerson changed = new NewPerson(name, displayName, organisation, person.customer());
                    return store.change(connection, name, changed.displayName(), changed.organisation());
                })
                .compose(fresh -> store.find(connection, name)
                        .map(Optional::orElseThrow)
                        .compose(person -> fresh
                                ? record(connection, actor, AuditCode.PERSON_CHANGED, person, words(person))
                                        .map(person)
                                : Future.succeededFuture(person))));
    }

    /**
     * Ends all that he may, at once; said again it changes nothing. What undoes it is a widening: {@link Grants#widen}.
     *
     * @param reason for people, in the audit
     * @return whether he was not disabled before; fails with Refusal: NOT_FOUND, FORBIDDEN, PASSKEY_NEEDED
     */
    public Future<Boolean> disable(Actor actor, String name, String reason) {
        return database.inTransaction(connection -> store.alone(connection)
                .compose(alone -> manage(connection, actor, name))
                .compose(person -> store.disable(connection, name, clock.instant())
                        .compose(fresh -> fresh
                                ? record(connection, actor, AuditCode.PERSON_DISABLED, person, "reason=" + reason)
                                        .compose(recorded -> listener.ended(connection, name))
                                        .map(true)
                                : Future.succeededFuture(false))));
    }

    /**
     * One whom somebody may manage, within the caller's transaction. Fails with Refusal: NOT_FOUND, FORBIDDEN, PASSKEY_NEEDED.
     */
    public Future<Person> manage(SqlConnection connection, Actor actor, String name) {
        return seen(connection, actor, name).compose(person -> {
            mustNotBeHimself(actor, name);
            return rights.must(connection, actor, Action.MANAGE_PEOPLE, person.scope())
                    .map(person);
        });
    }

    static void mustNotBeHimself(Actor actor, String name) {
        if (actor.is(name)) {
            throw new Refusal(Fault.FORBIDDEN, "nobody changes himself, his own rights or his own training");
        }
    }

    /** The people of his view and himself, in order of name. */
    public Future<List<PersonListed>> list(Actor actor, PersonFilter filter) {
        return list(actor, Person.Kind.PERSON, filter);
    }

    /** The same, or the accounts. */
    public Future<List<PersonListed>> list(Actor actor, Person.Kind kind, PersonFilter filter) {
        String own = actor.isServersOwn() ? null : actor.name();
        return rights.of(actor)
                .compose(entitlement -> store.list(
                        database.pool(), kind, filter, entitlement.view(Action.SEE_PEOPLE), own, clock.instant()));
    }

    /** One, a person or an account; Refusal(NOT_FOUND). */
    public Future<Person> get(Actor actor, String name) {
        return seen(database.pool(), actor, name);
    }

    /** All that is on record of him; Refusal(NOT_FOUND). */
    public Future<PersonDetails> details(Actor actor, String name) {
        return get(actor, name).compose(person -> {
            Future<List<PersonDetails.Granted>> granted = grants.grants(database.pool(), name);
            Future<List<PersonDetails.Trained>> trained = grants.trainings(database.pool(), name);
            Future<List<Proposal>> waiting =
                    proposals.waiting(database.pool(), name, View.EVERYTHING, actor.person(), clock.instant());
            return Future.all(granted, trained, waiting)
                    .map(all -> new PersonDetails(person, granted.result(), trained.result(), waiting.result()));
        });
    }

    /**
     * Everybody who has a role and is not disabled, in order of name, with all that he may once his passkey has confirmed him.
     * That whoever asks may know, is the caller's to judge.
     */
    public Future<List<Entitled>> entitled() {
        return entitlements
                .readAll(database.pool(), clock.instant())
                .compose(all -> store.named(
                                database.pool(),
                                all.stream().map(one -> one.actor().name()).toList())
                        .map(persons -> all.stream()
                                .flatMap(one -> Stream.ofNullable(
                                                persons.get(one.actor().name()))
                                        .map(person -> new Entitled(person, one)))
                                .toList()));
    }

    private Future<Person> seen(SqlClient client, Actor actor, String name) {
        return seen(store, rights, client, actor, name);
    }

    static Future<Person> seen(PeopleStore store, Rights rights, SqlClient client, Actor actor, String name) {
        if (!PlainText.is(name)) {
            return Future.failedFuture(new Refusal(Fault.NOT_FOUND, "nobody has such a name"));
        }
        return store.find(client, name)
                .compose(found -> rights.of(client, actor)
                        .map(entitlement -> found.filter(
                                        person -> actor.is(name) || entitlement.may(Action.SEE_PEOPLE, person.scope()))
                                .orElseThrow(() -> new Refusal(Fault.NOT_FOUND, "there is no person " + name))));
    }

    private static String words(Person person) {
        return "displayName=\"" + person.displayName() + "\" organisation=\"" + person.organisation() + "\""
                + (person.customer() == null ? "" : " customer=\"" + person.customer() + "\"");
    }

    private Future<Void> record(SqlConnection connection, Actor actor, AuditCode code, Person person, String detail) {
        return audit.record(connection, new AuditEntry(actor.audited(), code, person.audited(), detail));
    }
}
