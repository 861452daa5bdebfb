package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.status.Span;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The charts of a device.
 *
 * @param items every item that it ever reported
 * @param chosen those that are drawn
 * @param range the button that is pressed; null for a time of one's own
 * @param form what is wrong with the time that was typed, if anything
 */
public record DeviceHistory(
        DeviceHead head,
        List<Item> items,
        List<String> chosen,
        Span span,
        @Nullable Range range,
        Form form) {
    /** More charts than this are not drawn at once. */
    public static final int MOST = 8;

    /**
     * What may be drawn.
     *
     * @param number whether it is a number; else a text
     */
    public record Item(String name, String unit, boolean number) {}

    /** The times that have a button. */
    public enum Range {
        HOUR("1h", "1 hour", Duration.ofHours(1)),
        SIX_HOURS("6h", "6 hours", Duration.ofHours(6)),
        DAY("1d", "24 hours", Duration.ofDays(1)),
        WEEK("7d", "7 days", Duration.ofDays(7)),
        MONTH("30d", "30 days", Duration.ofDays(30)),
        YEAR("365d", "1 year", Duration.ofDays(365));

        private final String key;
        private final String label;
        private final Duration length;

        Range(String key, String label, Duration length) {
            this.key = key;
            this.label = label;
            this.length = length;
        }

        public String key() {
            return key;
        }

        public String label() {
            return label;
        }

        Span before(Instant now) {
            return new Span(now.minus(length), now);
        }

        static Range ofKey(String key) {
            return Arrays.stream(values())
                    .filter(each -> each.key.equals(key))
                    .findFirst()
                    .orElse(DAY);
        }
    }

    public DeviceHistory {
        items = List.copyOf(items);
        chosen = List.copyOf(chosen);
    }

    public boolean isChosen(String item) {
        return chosen.contains(item);
    }

    /** The address of this page with another time. */
    public String path(Range other) {
        return head.path(DeviceTab.HISTORY) + "?" + query(chosen) + "&range=" + other.key();
    }

    /** The address of a file or a table with what is shown. */
    public String path(String below, String more) {
        return head.path(below) + "?" + query(chosen) + "&from=" + span.from() + "&to=" + span.to() + more;
    }

    private static String query(List<String> items) {
        return items.stream()
                .map(item -> "item=" + URLEncoder.encode(item, StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
