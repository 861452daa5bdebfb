package io.fairlead.agent.kernel;

/** A reason not to start that the person at the PC can do something about. The message is for him. */
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotStart(String message) {
        super(message);
    }
}
