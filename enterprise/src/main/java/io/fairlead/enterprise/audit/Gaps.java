package io.fairlead.enterprise.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ids below the highest sealed one for which there was no row yet. A transaction takes its ids early and commits late, or
 * never; so such an id is asked for again and again, until every transaction that can have taken it has ended.
 *
 * <pre>
 *   missing ── a second later: remember the next transaction's number ──▶ fenced ── none before it runs ──▶ given up
 *       └──────────────────────── its row is read ────────────────────────┴──────────────────────────────▶ sealed
 * </pre>
 *
 * The second is for a transaction that has its id and not yet its number. What is late beyond all that is found by the
 * sweep at the next start of a sealer, and by verification. One event loop owns it.
 */
final class Gaps {
    private static final Duration BEFORE_FENCE = Duration.ofSeconds(1);
    private static final long NONE = -1;

    /** Missing ids, both ends inclusive. */
    record Range(long from, long to) {}

    private record Gap(long to, Instant since, long fence) {}

    private final TreeMap<Long, Gap> byFirst = new TreeMap<>();
    private long high;

    /** @param high the highest id that was sealed; 0 for none */
    Gaps(long high) {
        this.high = high;
    }

    long high() {
        return high;
    }

    List<Range> ranges() {
        List<Range> ranges = new ArrayList<>();
        byFirst.forEach((from, gap) -> ranges.add(new Range(from, gap.to)));
        return ranges;
    }

    /** Every id up to here is sealed or will never be there. */
    long settled() {
        return byFirst.isEmpty() ? high : byFirst.firstKey() - 1;
    }

    /** Ids that are missing since before. */
    void missing(long from, long to, Instant now) {
        byFirst.put(from, new Gap(to, now, NONE));
    }

    /** A row was read. */
    void seen(long id, Instant now) {
        if (id > high) {
            if (id > high + 1) {
                missing(high + 1, id - 1, now);
            }
            high = id;
            return;
        }
        Map.Entry<Long, Gap> around = byFirst.floorEntry(id);
        if (around == null || around.getValue().to < id) {
            throw new IllegalStateException("the row " + id + " was not missing");
        }
        long from = around.getKey();
        Gap gap = around.getValue();
        byFirst.remove(from);
        if (from < id) {
            byFirst.put(from, new Gap(id - 1, gap.since, gap.fence));
        }
        if (id < gap.to) {
            byFirst.put(id + 1, new Gap(gap.to, gap.since, gap.fence));
        }
    }

    /**
     * Gives up what can no longer come, after all missing ids were asked for.
     *
     * @param oldest the lowest number of a transaction that still ran before they were asked for
     * @param next the number that the next transaction would have got then
     */
    void settle(long oldest, long next, Instant now) {
        byFirst.values().removeIf(gap -> gap.fence != NONE && oldest >= gap.fence);
        byFirst.replaceAll((from, gap) -> {
            if (gap.fence != NONE) {
                return gap;
            }
            // A clock that was set back must not keep a gap for hours.
            return now.isBefore(gap.since)
                    ? new Gap(gap.to, now, NONE)
                    : now.isBefore(gap.since.plus(BEFORE_FENCE)) ? gap : new Gap(gap.to, gap.since, next);
        });
    }
}
