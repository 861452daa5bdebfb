package io.fairlead.enterprise.people;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may log in, or the account of another system: who is granted roles, whose trainings are on record.
 *
 * @param name that he logs in with; never changed, never given to another, person or account
 * @param customer whose people he is one of; null for the vendor's own
 * @param disabledSince null while he may do what his roles say
 * @param version rises with every change of these properties
 */
public record Person(
        Kind kind,
        String name,
        String displayName,
        String organisation,
        @Nullable String customer,
        Instant createdAt,
        String createdBy,
        @Nullable Instant disabledSince,
        long version) {
    /** Which of the two. */
    public enum Kind {
        PERSON("person"),
        /** Never logs in, has no passkey, is nobody's second person. */
        INTEGRATION("integration");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        /** As it is stored, and as the audit begins its names. */
        public String key() {
            return key;
        }

        /** Such a one as an actor. */
        Actor actor(String name, boolean confirmed) {
            return this == PERSON ? Actor.person(name, confirmed) : Actor.integration(name, confirmed);
        }

        /** Of an actor who is not the server's own. */
        static Kind of(Actor actor) {
            return actor.isAccount() ? INTEGRATION : PERSON;
        }

        static Kind ofKey(String key) {
            return key.equals(INTEGRATION.key) ? INTEGRATION : PERSON;
        }
    }

    /** Whether it is another system's account. */
    public boolean isAccount() {
        return kind == Kind.INTEGRATION;
    }

    public boolean isDisabled() {
        return disabledSince != null;
    }

    /** Where rights over him are judged. */
    public Scope scope() {
        return Scope.ofPeople(customer);
    }

    /** As the audit names him, as doer and as subject. */
    public String audited() {
        return kind.actor(name, false).audited();
    }
}
