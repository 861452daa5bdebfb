package io.fairlead.settings;

import java.util.Collection;
import java.util.Optional;

/** Guesses what a mistyped key was meant to be. */
final class Near {
    /** Typing errors that still count as the same word. */
    private static final int MOST_EDITS = 2;

    private Near() {}

    static Optional<String> to(String word, Collection<String> known) {
        return known.stream()
                .filter(each -> edits(word, each) <= Math.min(MOST_EDITS, each.length() / 2))
                .min((a, b) -> Integer.compare(edits(word, a), edits(word, b)));
    }

    /** The Levenshtein distance. */
    private static int edits(String a, String b) {
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
                row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], row[j]));
            }
        }
        return row[b.length()];
    }
}
