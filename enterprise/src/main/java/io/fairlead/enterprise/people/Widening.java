package io.fairlead.enterprise.people;

import io.fairlead.enterprise.kernel.PlainText;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that lets a person do more than before. */
public sealed interface Widening {
    /** Whose rights it widens. */
    String person();

    /** As it is stored. */
    String kind();

    /** What it is, for people and for the audit. */
    String words();

    /** What whoever wants it, and whoever approves, must be allowed on this person. */
    Action right();

    /** Null for as long as nobody takes it back. */
    @Nullable
    Instant until();

    /** A role in a place. */
    record OfRole(
            String person, Role role, Scope scope, @Nullable Instant until) implements Widening {
        /** Throws a Refusal(INVALID) that says what is wrong. */
        public OfRole {
            NewPerson.checkName(person);
            if (role.isOfCustomer() && scope.customer() == null) {
                throw new Refusal(Fault.INVALID, "role " + role.key() + " is granted at a customer");
            }
            check("region", scope.region());
            check("customer", scope.customer());
            check("model", scope.model());
        }

        private static void check(String property, @Nullable String value) {
            if (value != null) {
                NewPerson.check(property, value);
            }
        }

        @Override
        public String kind() {
            return "role";
        }

        @Override
        public String words() {
            return "role=" + role.key() + " " + scope.words() + (until == null ? "" : " until=" + until);
        }

        @Override
        public Action right() {
            return Action.GRANT;
        }
    }

    /** A training for a model of device. */
    record OfTraining(String person, String model, Instant until, String evidence) implements Widening {
        private static final int LONGEST = 200;

        /** Throws a Refusal(INVALID) that says what is wrong. */
        public OfTraining {
            NewPerson.checkName(person);
            NewPerson.check("model", model);
            if (evidence.isBlank() || evidence.length() > LONGEST || !PlainText.is(evidence)) {
                throw Refusal.saying(
                        Fault.INVALID,
                        "evidence needs 1 to 200 plain characters: where the record of the training is, its number for instance");
            }
        }

        @Override
        public String kind() {
            return "training";
        }

        @Override
        public String words() {
            return "training=\"" + model + "\" until=" + until + " evidence=\"" + evidence + "\"";
        }

        @Override
        public Action right() {
            return Action.TRAIN;
        }
    }

    /** A disabled person may again do what his roles say. */
    record Enabling(String person) implements Widening {
        /** Throws a Refusal(INVALID) that says what is wrong. */
        public Enabling {
            NewPerson.checkName(person);
        }

        @Override
        public String kind() {
            return "enable";
        }

        @Override
        public String words() {
            return "enable";
        }

        @Override
        public Action right() {
            return Action.MANAGE_PEOPLE;
        }

        @Override
        public @Nullable Instant until() {
            return null;
        }
    }
}
