package io.fairlead.enterprise.app;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an operator's own PostgreSQL is: {@code host:port/database}; an IPv6 address stands in brackets. */
record DatabaseAddress(String host, int port, String name) {
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9a-fA-F:]+)]|([A-Za-z0-9.-]+)):([0-9]{1,5})/([A-Za-z0-9_]{1,63})");

    static Optional<DatabaseAddress> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > 65_535) {
            return Optional.empty();
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return Optional.of(new DatabaseAddress(host, Integer.parseInt(matcher.group(3)), matcher.group(4)));
    }
}
