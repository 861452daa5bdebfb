package io.fairlead.enterprise.reach;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one check found. Refuses what the contract does not allow with Refusal(INVALID).
 *
 * @param checkedAt by the device's clock; kept to the microsecond
 * @param list the version of the list that was walked; null where there was none
 * @param leftOut how many rows more were checked than are here
 * @param rows 1 to {@value #MOST_ROWS}, in order: what is required and failed first, what is open last
 */
public record SiteCheck(Instant checkedAt, @Nullable String list, int leftOut, List<CheckedRow> rows) {
    /** Rows of a check. */
    public static final int MOST_ROWS = 200;

    private static final int MOST_LEFT_OUT = 1_000_000;
    private static final Pattern LIST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:-]{0,63}");

    public SiteCheck {
        checkedAt = checkedAt.truncatedTo(ChronoUnit.MICROS);
        if (list != null && !LIST.matcher(list).matches()) {
            throw new Refusal(Fault.INVALID, "the version of a list");
        }
        if (rows.isEmpty() || rows.size() > MOST_ROWS || leftOut < 0 || leftOut > MOST_LEFT_OUT) {
            throw new Refusal(Fault.INVALID, "a check has 1 to 200 rows, and leaves out a million at most");
        }
        rows = rows.stream()
                .sorted(Comparator.comparingInt(SiteCheck::rank)
                        .thenComparing(CheckedRow::host)
                        .thenComparingInt(CheckedRow::port))
                .toList();
    }

    private static int rank(CheckedRow row) {
        return switch (row.reached()) {
            case FAILED -> row.required() ? 0 : 1;
            case OPEN -> row.required() ? 2 : 3;
            case UNCHECKED -> 4;
        };
    }

    /** How many rows are required. */
    public int required() {
        return (int) rows.stream().filter(CheckedRow::required).count();
    }

    /** How many of these failed. */
    public int missing() {
        return (int) rows.stream().filter(row -> row.required() && row.failed()).count();
    }

    /** How many failed that are not required. */
    public int optionalMissing() {
        return (int)
                rows.stream().filter(row -> !row.required() && row.failed()).count();
    }

    /** Whether all that is required is reached. */
    public boolean good() {
        return missing() == 0;
    }
}
