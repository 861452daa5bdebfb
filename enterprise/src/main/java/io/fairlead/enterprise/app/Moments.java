package io.fairlead.enterprise.app;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people type them. */
final class Moments {
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})(s|m|h|d)");

    private Moments() {}

    /** A moment with a zone, one in the clock's zone, a day there, or a span ago; empty for anything else. */
    static Optional<Instant> parse(String text, Clock clock) {
        Optional<Duration> ago = span(text);
        if (ago.isPresent()) {
            return Optional.of(clock.instant().minus(ago.get()));
        }
        List<Function<String, Instant>> ways = List.of(
                given -> OffsetDateTime.parse(given).toInstant(),
                given -> LocalDateTime.parse(given).atZone(clock.getZone()).toInstant(),
                given -> LocalDate.parse(given).atStartOfDay(clock.getZone()).toInstant());
        for (Function<String, Instant> way : ways) {
            try {
                return Optional.of(way.apply(text));
            } catch (DateTimeException another) {
                // The next way may fit.
            }
        }
        return Optional.empty();
    }

    /** The same for what is to come: a span is from now on. */
    static Optional<Instant> ahead(String text, Clock clock) {
        Optional<Duration> span = span(text);
        return span.isPresent() ? Optional.of(clock.instant().plus(span.get())) : parse(text, clock);
    }

    /** A span such as 90s, 30m, 2h or 7d. */
    static Optional<Duration> span(String text) {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(span.group(1));
        return Optional.of(
                switch (span.group(2)) {
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }
}
