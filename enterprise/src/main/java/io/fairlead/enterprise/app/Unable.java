package io.fairlead.enterprise.app;

/** A program cannot do what it was asked to; the message is one line for people and needs no stack trace. */
public final class Unable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unable(String message) {
        super(message);
    }

    public Unable(String message, Throwable cause) {
        super(message, cause);
    }
}
