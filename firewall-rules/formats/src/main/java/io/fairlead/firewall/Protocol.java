package io.fairlead.firewall;

import java.util.Locale;

/** What a firewall has to know of a connection. */
public enum Protocol {
    TCP,
    UDP;

    /** As it is written nearly everywhere: in lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
