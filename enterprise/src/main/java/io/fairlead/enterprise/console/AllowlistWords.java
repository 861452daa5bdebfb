package io.fairlead.enterprise.console;

import io.fairlead.firewall.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Rows of the allowlist in words. */
public final class AllowlistWords {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT);

    private AllowlistWords() {}

    /** Such as "TCP 443"; of ports that nothing needs only those where there are no others. */
    public static String ports(Row row) {
        return row.protocol().text().toUpperCase(Locale.ROOT) + " "
                + numbers(row.ports().isEmpty() ? row.furtherPorts() : row.ports());
    }

    /** Such as "17001, 17002". */
    public static String numbers(Collection<Integer> ports) {
        return ports.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** A day of UTC, with the time of day where it is not midnight. */
    public static String day(Instant at) {
        var utc = at.atOffset(ZoneOffset.UTC);
        return (utc.toLocalTime().toSecondOfDay() == 0 ? DAY : MINUTE).format(utc);
    }

    static String words(Collection<?> words) {
        return words.isEmpty() ? "all" : words.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
