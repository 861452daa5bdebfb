package io.fairlead.enterprise.status;

import java.util.Locale;

/** How much an alarm or an event matters, in rising order; written in lower case. */
public enum Severity {
    INFO,
    WARNING,
    ERROR,
    CRITICAL;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** As the contract and the database write it. */
    public String key() {
        return key;
    }

    static Severity ofKey(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
