package io.fairlead.perf.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was found for one goal of a row.
 *
 * @param id the row's name, with a letter where it has several goals: {@code 4a}
 * @param what one line: what was measured, in which unit
 * @param reference what it is beside
 * @param rounds in the order of their measurement; empty when it was not measured
 * @param whyNot why it was not measured; null when it was
 */
record Finding(
        String id,
        String what,
        String reference,
        Judged judged,
        Goal goal,
        List<Round> rounds,
        @Nullable String whyNot) {
    /** A figure that moves by more than this from round to round is not one to rely on. */
    private static final double NOISY = 1.5;

    Finding {
        rounds = List.copyOf(rounds);
        if (rounds.isEmpty() == (whyNot == null)) {
            throw new IllegalArgumentException("either rounds or why there are none: " + id);
        }
    }

    static Finding measured(String id, String what, String reference, Judged judged, Goal goal, List<Round> rounds) {
        return new Finding(id, what, reference, judged, goal, rounds, null);
    }

    static Finding missing(String id, String what, Goal goal, String whyNot) {
        return new Finding(id, what, "", Judged.ALONE, goal, List.of(), whyNot);
    }

    double median() {
        return Numbers.median(figures());
    }

    private double[] figures() {
        return rounds.stream().mapToDouble(judged::of).toArray();
    }

    /** The one line at the end of a run. */
    String line() {
        return whyNot != null
                ? "ROW " + id + " not measured: " + whyNot
                : String.format(
                        Locale.ROOT,
                        "ROW %s median %.2f goal %.2f %s",
                        id,
                        median(),
                        goal.bound(),
                        goal.reachedBy(median()) ? "reached" : "missed");
    }

    /** The least and the largest of all rounds, and whether that is too far apart. */
    String spread() {
        double least = java.util.Arrays.stream(figures()).min().orElseThrow();
        double most = java.util.Arrays.stream(figures()).max().orElseThrow();
        boolean noisy = judged != Judged.DIFFERENCE && most > NOISY * least;
        return Numbers.text(least) + " to " + Numbers.text(most) + (noisy ? ", noisy" : "");
    }

    /** One row of the table of all goals. */
    String tableRow() {
        return whyNot != null
                ? "| %s | %s | | %s | not measured: %s |".formatted(id, what, goal.text(), whyNot)
                : "| %s | %s, beside %s | **%s** (%s) | %s | %s |"
                        .formatted(
                                id,
                                what,
                                reference,
                                Numbers.text(median()),
                                spread(),
                                goal.text(),
                                goal.reachedBy(median()) ? "reached" : "missed")
                        .replace(", beside  |", " |");
    }

    /** A table of every round. */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        if (whyNot != null) {
            return lines;
        }
        boolean alone = judged == Judged.ALONE;
        lines.add("%s: %s".formatted(id, what));
        lines.add("");
        lines.add(
                alone ? "| round | Fairlead |" : "| round | Fairlead | " + reference + " | " + judged.heading() + " |");
        lines.add(alone ? "| --- | --- |" : "| --- | --- | --- | --- |");
        for (int i = 0; i < rounds.size(); i++) {
            Round each = rounds.get(i);
            lines.add(
                    alone
                            ? "| %d | %s |".formatted(i + 1, Numbers.text(each.product()))
                            : "| %d | %s | %s | %s |"
                                    .formatted(
                                            i + 1,
                                            Numbers.text(each.product()),
                                            Numbers.text(each.reference()),
                                            Numbers.text(judged.of(each))));
        }
        lines.add("");
        return lines;
    }
}
