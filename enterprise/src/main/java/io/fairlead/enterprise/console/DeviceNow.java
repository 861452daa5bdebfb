package io.fairlead.enterprise.console;

import io.fairlead.enterprise.status.LatestValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest values of a device.
 *
 * @param groups in order of name
 */
public record DeviceNow(DeviceHead head, List<Group> groups) {
    /** What was observed longer ago is marked: an agent samples at least once an hour, mostly each minute. */
    public static final Duration STALE = Duration.ofMinutes(15);

    public DeviceNow {
        groups = List.copyOf(groups);
    }

    /** Items of one beginning, such as those of the PC. */
    public record Group(String name, List<Line> lines) {}

    /**
     * An item.
     *
     * @param text of a text item, else null
     * @param shown the number with its unit, for people; empty for a text
     * @param exact the number as it was reported
     */
    public record Line(
            String item, @Nullable String text, String shown, String exact, Instant observedAt, boolean stale) {}

    static DeviceNow of(DeviceHead head, List<LatestValue> values) {
        Map<String, List<Line>> groups = new LinkedHashMap<>();
        for (LatestValue value : values) {
            String group = group(value.item());
            groups.computeIfAbsent(group, none -> new ArrayList<>()).add(line(value, head.now()));
        }
        return new DeviceNow(
                head,
                groups.entrySet().stream()
                        .map(each -> new Group(named(each.getKey()), each.getValue()))
                        .toList());
    }

    /** The part before the first dot or slash. */
    private static String group(String item) {
        for (int i = 1; i < item.length(); i++) {
            if (item.charAt(i) == '.' || item.charAt(i) == '/') {
                return item.substring(0, i);
            }
        }
        return "";
    }

    private static String named(String group) {
        return switch (group) {
            case "" -> "Values";
            case "pc" -> "The PC";
            case "agent" -> "The agent";
            default -> Shown.text(group);
        };
    }

    private static Line line(LatestValue value, Instant now) {
        Double number = value.number();
        String unit = value.unit() == null ? "" : value.unit();
        return new Line(
                value.item(),
                value.text(),
                number == null ? "" : Shown.number(number, unit),
                number == null ? "" : number + (unit.isEmpty() ? "" : " " + Shown.text(unit)),
                value.observedAt(),
                value.observedAt().isBefore(now.minus(STALE)));
    }

    public int items() {
        return groups.stream().mapToInt(group -> group.lines().size()).sum();
    }

    public long stale() {
        return groups.stream()
                .flatMap(group -> group.lines().stream())
                .filter(Line::stale)
                .count();
    }
}
