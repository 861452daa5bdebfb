package io.fairlead.enterprise.notification;

import io.fairlead.enterprise.login.AddressRange;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A host as operators name it and endpoints say it: a name of letters, digits and hyphens, or an address in its usual form.
 * Whatever some resolver takes for an address in another form (decimal, octal, hexadecimal, shortened) is neither, and so
 * are a trailing dot, a zone and an underscore.
 *
 * @param text in lower case; IPv6 in brackets
 */
record HostName(String text) {
    private static final int LONGEST = 253;
    private static final Pattern NAME =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final String BYTE = "(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[(?=[^]]*:)[0-9a-f:]{2,39}(\\." + BYTE + "){0,3}]");

    /** Throws Refusal(ENDPOINT_REFUSED). */
    static HostName of(String written) {
        String text = written.toLowerCase(Locale.ROOT);
        if (text.length() <= LONGEST && (NAME.matcher(text).matches() || isAddress(text))) {
            return new HostName(text);
        }
        throw new Refusal(Fault.ENDPOINT_REFUSED, "the host is no name, and no address in its usual form");
    }

    private static boolean isAddress(String text) {
        if (IPV4.matcher(text).matches()) {
            return true;
        }
        if (!IPV6.matcher(text).matches()) {
            return false;
        }
        try {
            return AddressRange.of(text).bits() > 0;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    /** Whether it is an address: TLS is told of no name then. */
    boolean isLiteral() {
        return text.startsWith("[") || IPV4.matcher(text).matches();
    }

    /** As the resolver takes it. */
    String bare() {
        return text.startsWith("[") ? text.substring(1, text.length() - 1) : text;
    }

    @Override
    public String toString() {
        return text;
    }
}
