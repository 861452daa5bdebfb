package io.fairlead.enterprise.console;

import io.fairlead.enterprise.allowlist.Difference;
import io.fairlead.firewall.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A line of what an edition of the allowlist changed.
 *
 * @param row with the ports that it is about
 * @param words what is said otherwise now, of a row that was there before
 */
public record AllowlistChange(Kind kind, Row row, List<String> words) {
    /** What became of a row. */
    public enum Kind {
        ADDED("Added", "good"),
        REMOVED("Removed", "bad"),
        CHANGED("Changed", "warn");

        private final String label;
        private final String tone;

        Kind(String label, String tone) {
            this.label = label;
            this.tone = tone;
        }

        public String label() {
            return label;
        }

        /** Of the mark before the word. */
        public String tone() {
            return tone;
        }
    }

    public AllowlistChange {
        words = List.copyOf(words);
    }

    /** All of them; what a firewall has to be given first. */
    static List<AllowlistChange> between(List<Row> before, List<Row> after, Instant now) {
        Difference difference = Difference.of(before, after, now);
        List<AllowlistChange> all = new ArrayList<>();
        difference.added().forEach(row -> all.add(new AllowlistChange(Kind.ADDED, row, List.of())));
        difference.changed().forEach(row -> all.add(new AllowlistChange(Kind.CHANGED, row, words(before, row, now))));
        difference.removed().forEach(row -> all.add(new AllowlistChange(Kind.REMOVED, row, List.of())));
        return all;
    }

    private static List<String> words(List<Row> before, Row row, Instant now) {
        return before.stream()
                .filter(old -> old.to().equals(row.to()) && old.protocol() == row.protocol())
                .filter(old ->
                        row.allPorts().stream().anyMatch(port -> old.allPorts().contains(port)))
                .findFirst()
                .map(old -> words(old, row, now))
                .orElse(List.of());
    }

    private static List<String> words(Row old, Row row, Instant now) {
        List<String> words = new ArrayList<>();
        say(words, "needed", need(old), need(row));
        say(words, "ports that nothing needs", further(old, row), AllowlistWords.numbers(row.furtherPorts()));
        say(words, "from", since(old, now), since(row, now));
        say(words, "until", until(old), until(row));
        say(words, "purpose", old.purpose().value(), row.purpose().value());
        say(words, "products", AllowlistWords.words(old.products()), AllowlistWords.words(row.products()));
        say(words, "region", region(old), region(row));
        say(words, "notes", notes(old), notes(row));
        return words;
    }

    private static void say(List<String> words, String what, String before, String after) {
        if (!before.equals(after)) {
            words.add(what + ": " + (after.isEmpty() ? "none" : after) + " (was: "
                    + (before.isEmpty() ? "none" : before) + ")");
        }
    }

    private static String need(Row row) {
        return row.required() ? "required" : "optional";
    }

    private static String further(Row old, Row row) {
        return AllowlistWords.numbers(old.furtherPorts().stream()
                .filter(port -> row.allPorts().contains(port))
                .toList());
    }

    private static String since(Row row, Instant now) {
        return row.since().filter(now::isBefore).map(AllowlistWords::day).orElse("now");
    }

    private static String until(Row row) {
        return row.until().map(AllowlistWords::day).orElse("");
    }

    private static String region(Row row) {
        return AllowlistWords.words(
                Stream.of(row.region()).flatMap(Optional::stream).toList());
    }

    private static String notes(Row row) {
        return String.join("; ", row.notes().stream().map(String::valueOf).toList());
    }
}
