package io.fairlead.enterprise.integration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which page somebody asks for.
 *
 * @param number from 1; one beyond the last is answered with the last
 * @param size of a page
 * @param ascending the smallest first
 */
record Paging(int number, int size, boolean ascending) {
    private static final int USUAL_SIZE = 100;
    private static final int MOST_WORDS = 8;
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");

    /** Of what a request says, with the contract's defaults. */
    static Paging of(@Nullable Integer number, @Nullable Integer size, @Nullable Boolean ascending) {
        return new Paging(
                Objects.requireNonNullElse(number, 1),
                Objects.requireNonNullElse(size, USUAL_SIZE),
                Objects.requireNonNullElse(ascending, true));
    }

    /** Of a text that is searched for: the first few, in lower case. */
    static List<String> words(@Nullable String text) {
        return text == null
                ? List.of()
                : BLANKS.splitAsStream(text.toLowerCase(Locale.ROOT))
                        .filter(word -> !word.isEmpty())
                        .limit(MOST_WORDS)
                        .toList();
    }

    /** A page of a list that fits into memory. */
    record Page<T>(List<T> items, int total, int number) {}

    /**
     * Of what has all the words of a text in its name, case aside.
     *
     * @param all in ascending order
     */
    <T> Page<T> of(List<T> all, Function<T, String> name, @Nullable String text) {
        List<String> words = words(text);
        List<T> found = new ArrayList<>();
        for (T one : all) {
            String lower = name.apply(one).toLowerCase(Locale.ROOT);
            if (words.stream().allMatch(lower::contains)) {
                found.add(one);
            }
        }
        if (!ascending) {
            Collections.reverse(found);
        }
        int pages = Math.max(1, (found.size() + size - 1) / size);
        int page = Math.min(number, pages);
        int from = (page - 1) * size;
        return new Page<>(found.subList(from, Math.min(found.size(), from + size)), found.size(), page);
    }
}
