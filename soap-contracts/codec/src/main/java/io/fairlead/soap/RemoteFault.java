package io.fairlead.soap;

import java.util.Optional;

/** A SOAP fault that the other end answered. */
public final class RemoteFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String correlation;
    private final int retryAfterSeconds;

    RemoteFault(String key, String correlation, int retryAfterSeconds) {
        super(key + " correlation=" + correlation);
        this.key = key;
        this.correlation = correlation;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** The stable key; {@code unknown} for a fault of another contract. */
    public String key() {
        return key;
    }

    /** The fault as this program knows it; empty when a newer peer made it up. */
    public Optional<Fault> fault() {
        return Fault.ofKey(key);
    }

    /** Names the line in the other end's log. */
    public String correlation() {
        return correlation;
    }

    /** Seconds after which trying again makes sense; 0 where the other end named none. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
