package io.fairlead.soap;

/**
 * A request that is refused. The {@link #fault()} is what goes out; the message is detail for the log and may quote
 * names and numbers, never bodies or secrets.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    public Refusal(Fault fault, String detail) {
        super(fault.key() + ": " + detail);
        this.fault = fault;
    }

    public Refusal(Fault fault, String detail, Throwable cause) {
        super(fault.key() + ": " + detail, cause);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
