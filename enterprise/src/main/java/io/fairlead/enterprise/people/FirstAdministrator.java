package io.fairlead.enterprise.people;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;

/** Makes the first of the people, whom nobody else could make: an operator everywhere. */
public final class FirstAdministrator {
    private final Audit audit;
    private final Clock clock;
    private final PeopleStore people = new PeopleStore();
    private final GrantStore grants = new GrantStore();

    public FirstAdministrator(Audit audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * In the caller's transaction, who knows that there is none yet. Fails with Refusal: INVALID, CONFLICT when the name is
     * taken.
     *
     * @param by whose doing it is, as the audit names him
     */
    public Future<Void> make(
            SqlConnection connection, String by, String name, String displayName, String organisation) {
        NewPerson person;
        try {
            person = new NewPerson(name, displayName.strip(), organisation.strip(), null);
        } catch (Refusal invalid) {
            return Future.failedFuture(invalid);
        }
        return people.insert(connection, Person.Kind.PERSON, person, by, clock.instant())
                .compose(fresh -> fresh
                        ? grants.insert(
                                connection,
                                new Widening.OfRole(name, Role.OPERATOR, Scope.PLATFORM, null),
                                by,
                                null,
                                clock.instant())
                        : Future.failedFuture(new Refusal(Fault.CONFLICT, "the name " + name + " is taken")))
                .compose(granted -> audit.record(
                        connection,
                        new AuditEntry(
                                by,
                                AuditCode.PERSON_ADDED,
                                Actor.person(name, false).audited(),
                                "first-administrator=true role=" + Role.OPERATOR.key())));
    }
}
