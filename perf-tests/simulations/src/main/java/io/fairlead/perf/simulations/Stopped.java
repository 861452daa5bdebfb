package io.fairlead.perf.simulations;

/** The simulation cannot go on; the message is one line for people and says what to do. */
final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped(String message) {
        super(message);
    }

    Stopped(String message, Throwable cause) {
        super(message, cause);
    }
}
