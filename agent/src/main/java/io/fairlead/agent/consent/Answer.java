package io.fairlead.agent.consent;

import io.fairlead.statements.Receipt;

/** How a question ended. Whoever asked may go on after {@link Approved} and after nothing else. */
public sealed interface Answer {
    /** Whether the person said yes, in time. */
    default boolean approved() {
        return false;
    }

    /** For the enterprise: what came of it, never who answered. */
    String outward();

    /**
     * A yes.
     *
     * @param viewOnly whether it is for looking only
     * @param clipboard whether text may be copied between here and there
     * @param means by which program it came, as that says
     */
    record Approved(Person by, boolean viewOnly, boolean clipboard, Receipt.Means means) implements Answer {
        @Override
        public boolean approved() {
            return true;
        }

        @Override
        public String outward() {
            return "approved at the instrument"
                    + (viewOnly ? ", for viewing only" : clipboard ? ", with the clipboard" : "");
        }
    }

    /**
     * A no.
     *
     * @param notToday whether nobody there wants to be asked about it again today
     * @param means by which program it came, as that says
     */
    record Declined(Person by, boolean notToday, Receipt.Means means) implements Answer {
        @Override
        public String outward() {
            return notToday ? "declined at the instrument: not today" : "declined at the instrument";
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
