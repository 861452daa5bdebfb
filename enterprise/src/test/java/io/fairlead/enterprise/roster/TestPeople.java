package io.fairlead.enterprise.roster;

import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.enterprise.people.Actor;
import org.jspecify.annotations.Nullable;

/** People with one role somewhere. */
public final class TestPeople {
    private TestPeople() {}

    /** A person with this role, with a passkey; null in the place is everywhere. */
    public static Actor with(
            TestDatabase postgres, String name, String role, @Nullable String customer, @Nullable String model) {
        postgres.execute(
                """
                INSERT INTO person (name, display_name, organisation, customer, created_at, created_by)
                VALUES ('%1$s', '%1$s', 'Test', %2$s, now(), 'test') ON CONFLICT DO NOTHING
                """.formatted(name, quoted(customer)), """
                INSERT INTO person_grant (person, role, customer, model, granted_at, granted_by)
                VALUES ('%1$s', '%2$s', %3$s, %4$s, now(), 'test')
                """.formatted(name, role, quoted(customer), quoted(model)));
        return Actor.person(name, true);
    }

    private static String quoted(@Nullable String value) {
        return value == null ? "NULL" : "'" + value + "'";
    }
}
