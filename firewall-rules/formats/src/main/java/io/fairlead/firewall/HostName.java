package io.fairlead.firewall;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a host: labels of letters, digits and hyphens (RFC 1123, section 2.1), at most 253 characters, in lower
 * case. Names of other scripts are written in their ASCII form (RFC 5890). No wildcards.
 */
public record HostName(String value) implements Destination {
    private static final int LONGEST = 253;
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile("(" + LABEL + "\\.)*" + LABEL);
    /** A last label of digits would be read as an address (RFC 1123, section 2.1). */
    private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");

    public HostName {
        if (value.length() > LONGEST
                || !NAME.matcher(value).matches()
                || NUMERIC.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "is no host name: letters, digits, hyphens and dots, such as agents.example");
        }
    }

    /**
     * A name as somebody wrote it, in any case.
     *
     * @throws IllegalArgumentException with a sentence for whoever wrote it
     */
    public static HostName of(String text) {
        return new HostName(text.toLowerCase(Locale.ROOT));
    }

    /** Whether this is that domain, or below it. */
    public boolean isWithin(HostName domain) {
        return value.equals(domain.value) || value.endsWith("." + domain.value);
    }

    @Override
    public String text() {
        return value;
    }

    @Override
    public String toString() {
        return value;
    }
}
