package io.fairlead.agent.outbox;

/** A message that would not fit into a report. Nothing was spooled; the caller counts it or says less. */
public final class MessageTooLarge extends Exception {
    private static final long serialVersionUID = 1L;

    public MessageTooLarge(int bytes) {
        super("a status message of " + bytes + " bytes; " + Outbox.MAX_MESSAGE_BYTES + " is the most");
    }
}
