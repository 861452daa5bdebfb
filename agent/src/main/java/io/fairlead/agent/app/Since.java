package io.fairlead.agent.app;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A point in time as people name it: so long ago, a day, or to the second. */
final class Since {
    private static final Pattern AGO = Pattern.compile("(\\d{1,5})([smhdw])");

    private Since() {}

    /** @param clock now, and the zone in which days begin */
    static Optional<Instant> parse(String text, Clock clock) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            long count = Long.parseLong(ago.group(1));
            Duration span = switch (ago.group(2).charAt(0)) {
                case 's' -> Duration.ofSeconds(count);
                case 'm' -> Duration.ofMinutes(count);
                case 'h' -> Duration.ofHours(count);
                case 'd' -> Duration.ofDays(count);
                default -> Duration.ofDays(7 * count);
            };
            return Optional.of(clock.instant().minus(span));
        }
        try {
            return Optional.of(
                    text.indexOf('T') > 0
                            ? Instant.parse(text)
                            : LocalDate.parse(text)
                                    .atStartOfDay(clock.getZone())
                                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
