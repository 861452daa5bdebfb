package io.fairlead.enterprise.account;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Grants;
import io.fairlead.enterprise.people.NewPerson;
import io.fairlead.enterprise.people.People;
import io.fairlead.enterprise.people.Person;
import io.fairlead.enterprise.people.PersonFilter;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.people.Widened;
import io.fairlead.enterprise.people.Widening;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The accounts. Whoever may manage the people of a customer, or the vendor's, may manage the accounts that are theirs, by the
 * same {@link Action#MANAGE_PEOPLE}; who could act as an account, since he makes its password or says from where it is taken,
 * must be able to give all that it has. No account does any of this. Roles and trainings are given by {@link Grants}, as to
 * people. Each deed is one transaction with its entries in the audit.
 */
public final class AccountRegister {
    private final Database database;
    private final Rights rights;
    private final People people;
    private final Grants grants;
    private final Audit audit;
    private final Clock clock;
    private final SecureRandom random;
    private final AccountStore store = new AccountStore();
    private final CertificateStore certificates = new CertificateStore();

    public AccountRegister(
            Database database,
            Rights rights,
            People people,
            Grants grants,
            Audit audit,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.rights = rights;
        this.people = people;
        this.grants = grants;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Adds an account, which may nothing yet. Fails with Refusal: FORBIDDEN, PASSKEY_NEEDED, CONFLICT when the name is taken.
     *
     * @param account its display name is what people know the other system by
     */
    public Future<Made> add(Actor actor, NewPerson account, AddressLimit limit, Lifetime lifetime) {
        return database.inTransaction(connection -> byPeople(actor)
                .compose(may -> people.add(connection, actor, Person.Kind.INTEGRATION, account))
                .compose(added -> store.insert(connection, added.name(), limit)
                        .compose(inserted -> limited(connection, actor, added, limit))
                        .compose(noted -> made(connection, actor, added, lifetime))));
    }

    private static Future<Void> byPeople(Actor actor) {
        return actor.isAccount()
                ? Future.failedFuture(new Refusal(Fault.FORBIDDEN, "actor=" + actor + ": no account manages accounts"))
                : Future.succeededFuture();
    }

    private Future<Made> made(SqlConnection connection, Actor actor, Person account, Lifetime lifetime) {
        Instant now = clock.instant();
        Made made = new Made(account.name(), AccountSecret.fresh(random), now.plus(lifetime.life()));
        return store.addPassword(connection, made, actor.audited(), now)
                .compose(id -> record(
                        connection,
                        actor,
                        AuditCode.ACCOUNT_PASSWORD_MADE,
                        account,
                        "password=" + id + " notAfter=" + made.notAfter()))
                .map(made);
    }

    /**
     * Makes another password; what was taken until now is taken for a while longer, so that the other end can be changed in
     * peace. Fails with Refusal: NOT_FOUND, FORBIDDEN, PASSKEY_NEEDED; CONFLICT when there are two already and neither may end
     * at once.
     */
    public Future<Made> rotate(Actor actor, String name, Lifetime lifetime) {
        return database.inTransaction(connection -> actAs(connection, actor, name)
                .compose(account -> passwords(connection, name).compose(old -> {
                    if (old.size() > 1 && !lifetime.endsOldAtOnce()) {
                        throw new Refusal(
                                Fault.CONFLICT,
                                name
                                        + " has two passwords: forget the old one first (forget-old), or end both at once by overlap 0");
                    }
                    return ended(connection, actor, account, old, lifetime)
                            .compose(done -> made(connection, actor, account, lifetime));
                })));
    }

    private Future<Void> ended(
            SqlConnection connection, Actor actor, Person account, List<AccountPassword> old, Lifetime lifetime) {
        if (lifetime.endsOldAtOnce()) {
            return forgotten(connection, actor, account, old);
        }
        return old.isEmpty()
                ? Future.succeededFuture()
                : store.ends(connection, old.get(0).id(), clock.instant().plus(lifetime.overlap()));
    }

    /** Under its lock. */
    private Future<List<AccountPassword>> passwords(SqlConnection connection, String name) {
        return store.lock(connection, name)
                .compose(alone -> store.of(connection, List.of(name), clock.instant()))
                .map(all -> Objects.requireNonNull(all.get(name)).passwords());
    }

    /**
     * Ends all passwords but the newest, at once.
     *
     * @return how many; fails with Refusal: NOT_FOUND, FORBIDDEN, PASSKEY_NEEDED
     */
    public Future<Integer> forgetOld(Actor actor, String name) {
        return database.inTransaction(connection -> manage(connection, actor, name)
                .compose(account -> passwords(connection, name).compose(all -> {
                    List<AccountPassword> old = all.subList(0, Math.max(0, all.size() - 1));
                    return forgotten(connection, actor, account, old).map(old.size());
                })));
    }

    private Future<Void> forgotten(
            SqlConnection connection, Actor actor, Person account, List<AccountPassword> passwords) {
        List<Long> ids = passwords.stream().map(AccountPassword::id).toList();
        return ids.isEmpty()
                ? Future.succeededFuture()
                : store.end(connection, ids, clock.instant())
                        .compose(ended -> record(
                                connection, actor, AuditCode.ACCOUNT_PASSWORD_FORGOTTEN, account, "passwords=" + ids));
    }

    /**
     * Says from where it is taken, from now on.
     *
     * @return whether it was not so before; fails with Refusal: NOT_FOUND, FORBIDDEN, PASSKEY_NEEDED
     */
    public Future<Boolean> limit(Actor actor, String name, AddressLimit limit) {
        return database.inTransaction(connection -> actAs(connection, actor, name)
                .compose(account -> store.limit(connection, name, limit)
                        .compose(fresh -> fresh
                                ? limited(connection, actor, account, limit).map(true)
                                : Future.succeededFuture(false))));
    }

    private Future<Void> limited(SqlConnection connection, Actor actor, Person account, AddressLimit limit) {
        return record(connection, actor, AuditCode.ACCOUNT_LIMITED, account, "addresses=" + limit);
    }

    /** As {@link People#disable}; Refusal(NOT_FOUND) for a person. */
    public Future<Boolean> disable(Actor actor, String name, String reason) {
        return account(actor, name).compose(there -> people.disable(actor, name, reason));
    }

    /** As {@link Grants#widen}; Refusal(NOT_FOUND) for a person. */
    public Future<Widened> enable(Actor actor, String name) {
        return account(actor, name).compose(there -> grants.widen(actor, new Widening.Enabling(name)));
    }

    private Future<Person> account(Actor actor, String name) {
        return people.get(actor, name).map(AccountRegister::mustBeAccount);
    }

    /** Somebody who could act as the account afterwards. */
    Future<Person> actAs(SqlConnection connection, Actor actor, String name) {
        return manage(connection, actor, name)
                .compose(account -> rights.mustStandAbove(
                                connection, actor, Actor.integration(name, true), account.customer())
                        .map(account));
    }

    /** Somebody who may change it. */
    Future<Person> manage(SqlConnection connection, Actor actor, String name) {
        return byPeople(actor)
                .compose(may -> people.manage(connection, actor, name))
                .map(AccountRegister::mustBeAccount);
    }

    private static Person mustBeAccount(Person one) {
        if (!one.isAccount()) {
            throw new Refusal(Fault.NOT_FOUND, "there is no account " + one.name());
        }
        return one;
    }

    /** Those of the people whom he may see, in order of name; at most {@link PersonFilter#MOST}. */
    public Future<List<Account>> list(Actor actor, PersonFilter filter) {
        return people.list(actor, Person.Kind.INTEGRATION, filter).compose(listed -> {
            List<String> names = listed.stream().map(one -> one.person().name()).toList();
            return store.of(database.pool(), names, clock.instant()).map(rest -> {
                List<Account> accounts = new ArrayList<>();
                listed.forEach(one -> {
                    AccountStore.Rest its =
                            Objects.requireNonNull(rest.get(one.person().name()));
                    accounts.add(new Account(one, its.limit(), its.passwords()));
                });
                return accounts;
            });
        });
    }

    /** One with all that is on record. Fails with Refusal(NOT_FOUND) when there is none, or none that he may see. */
    public Future<AccountDetails> details(Actor actor, String name) {
        return people.details(actor, name).compose(details -> {
            String account = mustBeAccount(details.person()).name();
            return store.of(database.pool(), List.of(account), clock.instant())
                    .compose(rest -> certificates.of(database.pool(), account).map(its -> {
                        AccountStore.Rest one = Objects.requireNonNull(rest.get(account));
                        return new AccountDetails(details, one.limit(), one.passwords(), its);
                    }));
        });
    }

    private Future<Void> record(SqlConnection connection, Actor actor, AuditCode code, Person account, String detail) {
        return audit.record(connection, new AuditEntry(actor.audited(), code, account.audited(), detail));
    }
}
