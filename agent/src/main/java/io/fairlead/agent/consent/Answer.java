package io.fairlead.agent.consent;

/** How a question ended. Whoever asked may go on after {@link Approved} and after nothing else. */
public sealed interface Answer {
    /** Whether the person said yes, in time. */
    default boolean approved() {
        return false;
    }

    /** For the enterprise: what came of it, never who answered. */
    String outward();

    /** A yes. */
    record Approved(Person by) implements Answer {
        @Override
        public boolean approved() {
            return true;
        }

        @Override
        public String outward() {
            return "approved at the instrument";
        }
    }

    /** A no. */
    record Declined(Person by) implements Answer {
        @Override
        public String outward() {
            return "declined at the instrument";
        }
    }

    /** Silence, which is a no. */
    record Unanswered() implements Answer {
        @Override
        public String outward() {
            return "nobody answered at the instrument within " + Asking.PATIENCE.toSeconds() + " s";
        }
    }

    /** Nobody was asked, or not to the end; the reason has no names of people. */
    record NotAsked(String outward) implements Answer {}
}
