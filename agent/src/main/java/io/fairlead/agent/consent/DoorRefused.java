package io.fairlead.agent.consent;

import java.io.IOException;

/** The agent's no to a request at its {@link Door}. The message is for the person. */
public final class DoorRefused extends IOException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** This account may not ask or answer. */
        NOT_APPROVER,
        /** There is no such question, or it has ended: the answer does nothing. */
        NOTHING,
        /** Too many connections at once. */
        BUSY,
        /** The agent does not know the request. */
        MALFORMED
    }

    DoorRefused(Reason reason, String text) {
        super(text);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
