package io.fairlead.enterprise.kernel;

/**
 * Something outside the program keeps it from starting: a folder, a disk, a database. The message is written for the
 * operator and says what to do; whoever starts the program shows it without a stack trace.
 */
public final class CannotStart extends RuntimeException {
    public CannotStart(String message) {
        super(message);
    }

    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
