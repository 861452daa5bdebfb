package io.fairlead.enterprise.people;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may log in.
 *
 * @param name that he logs in with; never changed, never given to another
 * @param customer whose people he is one of; null for the vendor's own
 * @param disabledSince null while he may do what his roles say
 * @param version rises with every change of these properties
 */
public record Person(
        String name,
        String displayName,
        String organisation,
        @Nullable String customer,
        Instant createdAt,
        String createdBy,
        @Nullable Instant disabledSince,
        long version) {
    public boolean isDisabled() {
        return disabledSince != null;
    }

    /** Where rights over him are judged. */
    public Scope scope() {
        return Scope.ofPeople(customer);
    }

    /** As the audit names him, as doer and as subject. */
    public String audited() {
        return Actor.person(name, false).audited();
    }
}
