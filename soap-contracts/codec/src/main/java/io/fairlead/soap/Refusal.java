package io.fairlead.soap;

import org.jspecify.annotations.Nullable;

/**
 * A request that is refused. The {@link #fault()} is what goes out; the message is detail for the log and may quote
 * names and numbers, never bodies or secrets.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final String said;

    public Refusal(Fault fault, String detail) {
        this(fault, detail, "", null);
    }

    public Refusal(Fault fault, String detail, Throwable cause) {
        this(fault, detail, "", cause);
    }

    private Refusal(Fault fault, String detail, String said, @Nullable Throwable cause) {
        super(fault.key() + ": " + detail, cause);
        this.fault = fault;
        this.said = said;
    }

    /** One of which the detail is {@link #said} as well. */
    public static Refusal saying(Fault fault, String detail) {
        return saying(fault, detail, detail);
    }

    /**
     * One that says something else outside than in the log.
     *
     * @param said as {@link #said} has it
     */
    public static Refusal saying(Fault fault, String detail, String said) {
        return new Refusal(fault, detail, said, null);
    }

    public Fault fault() {
        return fault;
    }

    /**
     * What may be told to whoever asked, beside the fault's text: fixed words, with at most such values as he sent himself or
     * may see. Empty when there is nothing that helps.
     */
    public String said() {
        return said;
    }
}
