package io.fairlead.agent.app;

/** A reason not to start that the person at the PC can do something about. The message is for him. */
final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotStart(String message) {
        super(message);
    }
}
