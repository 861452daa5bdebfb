package io.fairlead.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean …?": the known word that is fewest keystrokes away from a given one. */
public final class Nearest {
    private Nearest() {}

    /** The nearest word; empty when none shares at least half of its letters with what was given. */
    public static Optional<String> to(String given, Collection<String> known) {
        return known.stream()
                .filter(word -> steps(given, word) <= Math.max(given.length(), word.length()) / 2)
                .min(Comparator.comparingInt(word -> steps(given, word)));
    }

    /** Letters to insert, drop or replace (Levenshtein), whatever their case. */
    private static int steps(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
