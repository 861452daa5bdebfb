package io.fairlead.enterprise.console;

import io.fairlead.enterprise.allowlist.Edition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the last editions of the allowlist changed.
 *
 * @param editions the newest first; none as long as nothing was published
 * @param older from which version on there are older ones; empty when there are none
 * @param newest whether the newest is among them
 */
public record AllowlistHistoryView(List<Told> editions, String older, boolean newest) {
    private static final int SHOWN = 20;

    /**
     * An edition.
     *
     * @param changes none where a sentence says why
     */
    public record Told(String version, Instant issued, List<AllowlistChange> changes, String sentence) {}

    /** @param before shows those before this version; the newest when it is none */
    static AllowlistHistoryView of(List<Edition> all, String before) {
        long end = before.matches("[0-9]{1,10}") ? Long.parseLong(before) : Long.MAX_VALUE;
        List<Told> told = new ArrayList<>();
        String older = "";
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).version() >= end) {
                continue;
            }
            if (told.size() == SHOWN) {
                older = told.get(SHOWN - 1).version();
                break;
            }
            told.add(i + 1 < all.size() ? told(all.get(i + 1), all.get(i)) : oldest(all.get(i)));
        }
        boolean newest = told.isEmpty()
                ? all.isEmpty()
                : told.get(0).version().equals(all.get(0).list().version().value());
        return new AllowlistHistoryView(told, older, newest);
    }

    private static Told told(Edition before, Edition after) {
        Instant issued = after.list().issued();
        List<AllowlistChange> changes =
                AllowlistChange.between(before.list().rows(), after.list().rows(), issued);
        return new Told(
                after.list().version().value(),
                issued,
                changes,
                changes.isEmpty() ? "The same rows, issued again in time." : "");
    }

    private static Told oldest(Edition edition) {
        int rows = edition.list().rows().size();
        return new Told(
                edition.list().version().value(),
                edition.list().issued(),
                List.of(),
                edition.list().previous().isPresent()
                        ? "What it changed is not kept here any more."
                        : "The first list, of " + rows + (rows == 1 ? " row." : " rows."));
    }
}
