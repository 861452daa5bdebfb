package io.fairlead.statements;

/** These bytes are no statement of the kind that was looked for; the message says why, without the values. */
public final class NotAStatement extends Exception {
    private static final long serialVersionUID = 1L;

    NotAStatement(String why) {
        super(why);
    }
}
