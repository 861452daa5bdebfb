package io.fairlead.agent.file;

import io.fairlead.contract.agent.TransferOutcome;

/** Why a file does not go or come: the message is for the enterprise and for the customer's audit. */
final class NotPossible extends Exception {
    private static final long serialVersionUID = 1L;

    private final TransferOutcome outcome;

    private NotPossible(TransferOutcome outcome, String why) {
        super(why);
        this.outcome = outcome;
    }

    /** The site's rules forbid it. */
    static NotPossible refused(String why) {
        return new NotPossible(TransferOutcome.REFUSED, why);
    }

    /** It may be, and cannot. */
    static NotPossible failed(String why) {
        return new NotPossible(TransferOutcome.FAILED, why);
    }

    TransferOutcome outcome() {
        return outcome;
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
