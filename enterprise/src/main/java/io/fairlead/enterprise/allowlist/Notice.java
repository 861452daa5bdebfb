package io.fairlead.enterprise.allowlist;

import io.fairlead.firewall.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Gives notice of what is new: IT has seven days to let it out before anything dials it. */
final class Notice {
    static final Duration AHEAD = Duration.ofDays(7);

    private Notice() {}

    /**
     * The rows of the next edition.
     *
     * @param last of the edition before; none for the first, which holds at once
     * @param wanted by the catalogue and the nodes; a date of the catalogue's that is later than the notice stands
     */
    static List<Row> given(List<Row> last, List<Row> wanted, Instant now) {
        Map<Opening, Row> known = Opening.of(last);
        Instant soonest = now.plus(AHEAD).truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        List<Row> rows = new ArrayList<>();
        for (Row row : wanted) {
            if (!row.isOver(now)) {
                rows.addAll(last.isEmpty() ? List.of(row) : dated(row, known, soonest, now));
            }
        }
        rows.sort(Row.ORDER.thenComparing(row -> row.since().orElse(Instant.MIN), Comparator.naturalOrder()));
        return List.copyOf(rows);
    }

    /** A row for each date on which ports of it begin. */
    private static List<Row> dated(Row row, Map<Opening, Row> known, Instant soonest, Instant now) {
        Map<Optional<Instant>, SortedSet<Integer>> byDate = new LinkedHashMap<>();
        for (int port : row.allPorts()) {
            Row before = known.get(new Opening(row.to(), row.protocol(), port));
            Optional<Instant> told =
                    before == null ? Optional.of(soonest) : before.since().filter(now::isBefore);
            byDate.computeIfAbsent(later(told, row.since()), date -> new TreeSet<>())
                    .add(port);
        }
        List<Row> rows = new ArrayList<>();
        byDate.forEach((date, ports) -> {
            if (row.until().isEmpty()
                    || date.isEmpty()
                    || date.get().isBefore(row.until().get())) {
                rows.add(row.from(date).withPorts(common(row.ports(), ports), common(row.furtherPorts(), ports)));
            }
        });
        return rows;
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || (other.isPresent() && other.get().isAfter(one.get())) ? other : one;
    }

    private static SortedSet<Integer> common(SortedSet<Integer> some, SortedSet<Integer> others) {
        SortedSet<Integer> both = new TreeSet<>(some);
        boolean unused = both.retainAll(others);
        return both;
    }
}
