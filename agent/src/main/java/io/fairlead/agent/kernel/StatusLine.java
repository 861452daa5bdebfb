package io.fairlead.agent.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One thing that {@code agent status} says.
 *
 * @param key for programs, as in {@code last-contact}; unique within its section
 * @param value for programs: a number, true or false, a text, a time, or a list of texts
 * @param words for people; several lines where the value is a list. Control and format characters become blanks
 */
public record StatusLine(String key, Object value, String words) {
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\n]]");
    private static final int MOST_WORDS = 2000;

    public StatusLine {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("no key for a line of status: " + key);
        }
        value = value instanceof Number || value instanceof Boolean
                ? value
                : value instanceof List<?> list
                        ? list.stream().map(each -> plain(String.valueOf(each))).toList()
                        : plain(String.valueOf(value));
        words = plain(words);
    }

    /** A line whose value speaks for itself. */
    public static StatusLine of(String key, Object value) {
        return new StatusLine(
                key,
                value,
                value instanceof List<?> list
                        ? String.join("\n", list.stream().map(String::valueOf).toList())
                        : value instanceof Boolean yes ? (yes ? "yes" : "no") : String.valueOf(value));
    }

    /** A line that is said to people in other words. */
    public static StatusLine of(String key, Object value, String words) {
        return new StatusLine(key, value, words);
    }

    /** A time, with how far away it is. */
    public static StatusLine of(String key, Instant time, Instant now) {
        Duration ahead = Duration.between(now, time);
        String far = ahead.isNegative() ? span(ahead.negated()) + " ago" : "in " + span(ahead);
        return new StatusLine(key, time, time + " (" + far + ")");
    }

    /** Bytes, as people read them. */
    public static String bytes(long bytes) {
        if (bytes < 10_000) {
            return bytes + " B";
        }
        return bytes < 10_000_000 ? bytes / 1000 + " kB" : bytes / 1_000_000 + " MB";
    }

    /** A time span in its two largest units. */
    public static String span(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min";
        }
        return seconds < 2 * 86_400 ? seconds / 3600 + " h " + seconds / 60 % 60 + " min" : seconds / 86_400 + " days";
    }

    private static String plain(String text) {
        String cut = text.length() <= MOST_WORDS ? text : text.substring(0, MOST_WORDS) + "…";
        return isPlain(cut) ? cut : UNPRINTABLE.matcher(cut).replaceAll(" ");
    }

    /** Nearly all lines are of ASCII; the pattern costs many times as much. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if ((each < ' ' || each > '~') && each != '\n') {
                return false;
            }
        }
        return true;
    }
}
