package io.fairlead.enterprise.console;

import io.fairlead.enterprise.reach.CheckedRow;
import io.fairlead.enterprise.reach.KeptCheck;
import io.fairlead.enterprise.reach.LastChecks;
import io.fairlead.enterprise.reach.SiteCheck;
import io.fairlead.enterprise.reach.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a device's own check of its site found, beside the check before. */
public record DeviceReach(DeviceHead head, LastChecks last) {
    private static final Duration CLOCK_WRONG = Duration.ofMinutes(5);

    /** Whether it ever checked. */
    public boolean isChecked() {
        return last.newest() != null;
    }

    /** What was found in one sentence, of the newest. */
    public String summary(SiteCheck check) {
        if (check.required() == 0) {
            return "Of the rows that were checked none is required.";
        }
        boolean one = check.required() == 1;
        return check.good()
                ? one ? "The one required row is reached." : "All " + check.required() + " required rows are reached."
                : check.missing() + " of " + check.required() + " required " + (one ? "row is" : "rows are")
                        + " not reached.";
    }

    /** What there is to add; empty for nothing. */
    public String more(SiteCheck check) {
        return (check.optionalMissing() == 0
                        ? ""
                        : "Of what is not required, " + check.optionalMissing()
                                + (check.optionalMissing() == 1 ? " fails. " : " fail. "))
                + (check.leftOut() == 0 ? "" : check.leftOut() + " rows more were checked than fit into the report.");
    }

    /** How the device's clock stood when it said so; empty when it was right. */
    public String clock(KeptCheck kept) {
        Duration behind = Duration.between(kept.check().checkedAt(), kept.receivedAt());
        return behind.abs().compareTo(CLOCK_WRONG) < 0
                ? ""
                : Shown.span(behind.abs()) + (behind.isNegative() ? " later" : " earlier") + " by the device's clock";
    }

    /** How a row stood the time before: "" when there was no check, or it stood the same. */
    public String change(CheckedRow row) {
        return before(row)
                .map(then ->
                        then.reached() == row.reached() && then.trouble() == row.trouble() ? "" : "was " + word(then))
                .orElse(last.before() == null ? "" : "not in the check before");
    }

    private Optional<CheckedRow> before(CheckedRow row) {
        return rows(last.before()).stream().filter(row::isSame).findFirst();
    }

    private static List<CheckedRow> rows(@Nullable KeptCheck kept) {
        return kept == null ? List.of() : kept.check().rows();
    }

    /** What was checked the time before and is in the newest no more. */
    public List<CheckedRow> gone() {
        List<CheckedRow> now = rows(last.newest());
        return rows(last.before()).stream()
                .filter(then -> now.stream().noneMatch(then::isSame))
                .toList();
    }

    public String word(CheckedRow row) {
        Trouble trouble = row.trouble();
        return trouble == null ? row.reached().name().toLowerCase(Locale.ROOT) : trouble.brief();
    }

    public String tone(CheckedRow row) {
        return switch (row.reached()) {
            case FAILED -> row.required() ? "bad" : "warn";
            case OPEN -> "good";
            case UNCHECKED -> "off";
        };
    }
}
