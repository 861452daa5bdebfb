package io.fairlead.enterprise.app;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the command line prints, and how it says times.
 *
 * @param clock also names the zone in which times are shown
 */
public record Screen(PrintWriter out, PrintWriter err, Clock clock) {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss XXX", Locale.ROOT);

    /** What is shown where there is nothing to show. */
    static final String NONE = "-";

    void print(List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }

    void print(String line) {
        out.println(line);
        out.flush();
    }

    void complain(String line) {
        err.println(line);
        err.flush();
    }

    /** A moment in the zone of whoever looks, such as 2026-11-21 13:00:00 +01:00. */
    public String moment(Instant at) {
        return SECONDS.format(at.atZone(clock.getZone()));
    }

    /** A moment that came as text; a dash for none. */
    public String moment(@Nullable String at) {
        return at == null ? NONE : moment(Instant.parse(at));
    }

    /** How long ago, in one unit: 12 s ago, 3 min ago, 5 h ago, 9 days ago; a dash for never. */
    public String age(@Nullable String at) {
        return at == null ? NONE : age(Duration.between(Instant.parse(at), clock.instant()));
    }

    static String age(Duration age) {
        long seconds = age.toSeconds();
        if (seconds < 0) {
            // The server's clock is ahead of ours.
            return "now";
        }
        if (seconds < 120) {
            return seconds + " s ago";
        }
        if (seconds < 2 * 3600) {
            return seconds / 60 + " min ago";
        }
        if (seconds < 2 * 86_400) {
            return seconds / 3600 + " h ago";
        }
        return seconds / ChronoUnit.DAYS.getDuration().toSeconds() + " days ago";
    }

    /** A number as people write it: whole without a point, others with up to three digits behind it. */
    public static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        String text = String.format(Locale.ROOT, Math.abs(value) < 0.001 ? "%.3g" : "%.3f", value);
        return text.contains("e") ? text : text.replaceAll("0+$", "");
    }
}
