package io.fairlead.firewall.format;

import io.fairlead.firewall.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Times in UTC, as short as they are true. */
final class Dates {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Dates() {}

    /** Such as {@code 2026-12-01}, or {@code 2026-12-01 08:30 UTC} when it is not midnight. */
    static String text(Instant at) {
        return (at.atZone(ZoneOffset.UTC).toLocalTime().toSecondOfDay() == 0 ? DAY : MINUTE).format(at);
    }

    /** Behind a comma, from when on a row that is announced is dialled, and until when: {@code , from 2026-12-01}. */
    static String behind(Row row, Instant issued) {
        return row.since()
                        .filter(issued::isBefore)
                        .map(since -> ", from " + text(since))
                        .orElse("")
                + row.until().map(until -> ", until " + text(until)).orElse("");
    }

    /** Such as {@code from 2026-12-01, until 2027-06-30}; empty for a row without dates. */
    static String of(Row row) {
        List<Stream<String>> both = List.of(
                row.since().stream().map(at -> "from " + text(at)),
                row.until().stream().map(at -> "until " + text(at)));
        return both.stream().flatMap(each -> each).collect(Collectors.joining(", "));
    }
}
