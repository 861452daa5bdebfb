package io.fairlead.enterprise.allowlist;

import io.fairlead.firewall.Row;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What of an edition differs from another.
 *
 * @param added rows with the ports that are new
 * @param removed rows with the ports that are gone
 * @param changed rows with the ports that were there and of which something else is said now
 */
public record Difference(List<Row> added, List<Row> removed, List<Row> changed) {
    /** A date that has passed at both is no difference. */
    public static Difference of(List<Row> before, List<Row> after, Instant now) {
        Map<Opening, Row> old = Opening.of(before);
        Map<Opening, Row> fresh = Opening.of(after);
        return new Difference(
                rows(fresh, opening -> !old.containsKey(opening)),
                rows(old, opening -> !fresh.containsKey(opening)),
                rows(fresh, opening -> differs(old.get(opening), fresh.get(opening), opening.port(), now)));
    }

    public boolean isNone() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }

    private interface Taken {
        boolean is(Opening opening);
    }

    private static List<Row> rows(Map<Opening, Row> all, Taken taken) {
        Map<Row, SortedSet<Integer>> ports = new LinkedHashMap<>();
        all.forEach((opening, row) -> {
            if (taken.is(opening)) {
                ports.computeIfAbsent(row, first -> new TreeSet<>()).add(opening.port());
            }
        });
        return ports.entrySet().stream()
                .map(each -> part(each.getKey(), each.getValue()))
                .sorted(Row.ORDER)
                .toList();
    }

    private static Row part(Row row, SortedSet<Integer> ports) {
        SortedSet<Integer> needed = new TreeSet<>(row.ports());
        boolean unusedFewer = needed.retainAll(ports);
        SortedSet<Integer> further = new TreeSet<>(row.furtherPorts());
        boolean unusedFewerToo = further.retainAll(ports);
        return row.withPorts(needed, further);
    }

    private static boolean differs(@Nullable Row before, @Nullable Row after, int port, Instant now) {
        return before != null && after != null && !alone(before, port, now).equals(alone(after, port, now));
    }

    private static Row alone(Row row, int port, Instant now) {
        Optional<Instant> since = row.since().filter(now::isBefore);
        return part(row, new TreeSet<>(List.of(port))).from(since);
    }
}
