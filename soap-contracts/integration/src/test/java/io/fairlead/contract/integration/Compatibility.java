package io.fairlead.contract.integration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What of a change would break a client that was made from the contract as it was.
 *
 * <p>What clients read (answers, faults, and what a subscriber is sent) keeps types, counts and values; what they only send
 * may become wider. Both may grow by optional elements at the end, except what a subscriber is sent: he validates.
 */
final class Compatibility {
    private final Contract was;
    private final Contract is;
    private final Set<String> read = new HashSet<>();
    private final Set<String> pushed = new HashSet<>();
    private final List<String> breaks = new ArrayList<>();

    private Compatibility(Contract was, Contract is) {
        this.was = was;
        this.is = is;
    }

    /** In words, each with the remedy at hand; empty when nothing breaks. */
    static List<String> breaks(Contract was, Contract is) {
        Compatibility judged = new Compatibility(was, is);
        judged.directions();
        was.blocks().values().forEach(judged::judge);
        return judged.breaks;
    }

    /** Which elements and types a client reads. */
    private void directions() {
        was.blocks().values().stream()
                .filter(block -> block.kind().equals("operation"))
                .forEach(operation -> {
                    boolean push = operation.key().contains("NotificationConsumer.");
                    operation.lines().forEach(line -> {
                        String target = line.substring(line.indexOf(' ') + 1);
                        if (line.startsWith("fault ") || line.startsWith(push ? "input " : "output ")) {
                            reach("element " + target, read);
                        }
                        if (push && line.startsWith("input ")) {
                            reach("element " + target, pushed);
                        }
                    });
                });
    }

    private void reach(String key, Set<String> into) {
        Contract.Block block = was.blocks().get(key);
        if (block == null || !into.add(key) || !(key.startsWith("element ") || key.startsWith("type "))) {
            return;
        }
        block.lines().forEach(line -> {
            String type = line.split(" ")[1];
            reach("type " + type, into);
            reach("simple " + type, into);
            reach("enum " + type, into);
        });
    }

    private void judge(Contract.Block before) {
        Contract.Block now = is.blocks().get(before.key());
        if (now == null) {
            breaks.add(before.key() + " is gone");
            return;
        }
        switch (before.kind()) {
            case "element", "type" -> sequence(before, now);
            case "enum" -> values(before, now);
            case "simple" -> facets(before, now);
            default -> {
                if (!before.lines().equals(now.lines())) {
                    breaks.add(before.key() + " was " + before.lines() + " and is " + now.lines());
                }
            }
        }
    }

    private void sequence(Contract.Block before, Contract.Block now) {
        boolean strict = read.contains(before.key());
        for (int i = 0; i < before.lines().size(); i++) {
            String[] old = before.lines().get(i).split(" ");
            if (i >= now.lines().size()) {
                breaks.add(before.key() + ": " + old[0] + " is gone");
                continue;
            }
            String[] fresh = now.lines().get(i).split(" ");
            if (!old[0].equals(fresh[0])) {
                breaks.add(before.key() + ": where " + old[0] + " was there is " + fresh[0]);
            } else if (!old[1].equals(fresh[1])) {
                breaks.add(before.key() + ": " + old[0] + " was " + old[1] + " and is " + fresh[1]);
            } else if (!old[2].equals(fresh[2]) && (strict || !wider(old[2], fresh[2]))) {
                breaks.add(before.key() + ": " + old[0] + " was there " + old[2] + " times and is " + fresh[2]);
            }
        }
        for (String added : now.lines()
                .subList(
                        Math.min(before.lines().size(), now.lines().size()),
                        now.lines().size())) {
            String[] words = added.split(" ");
            if (!words[2].startsWith("0..")) {
                breaks.add(before.key() + ": " + words[0] + " was added and is not optional");
            } else if (pushed.contains(before.key())) {
                breaks.add(before.key() + ": " + words[0] + " was added to what subscribers are sent");
            }
        }
    }

    /** Whether what was one stays one, what were many stay many, and nothing that fitted is refused. */
    private static boolean wider(String was, String is) {
        int[] old = counts(was);
        int[] fresh = counts(is);
        return fresh[0] <= old[0] && fresh[1] >= old[1] && (old[1] > 1 || fresh[1] == 1);
    }

    private static int[] counts(String text) {
        String[] parts = text.split("\\.\\.");
        return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])};
    }

    private void values(Contract.Block before, Contract.Block now) {
        before.lines().stream()
                .filter(value -> !now.lines().contains(value))
                .forEach(value -> breaks.add(before.key() + ": " + value + " is gone"));
        if (read.contains(before.key())) {
            now.lines().stream()
                    .filter(value -> !before.lines().contains(value))
                    .forEach(value -> breaks.add(before.key() + ": " + value + " was added to what clients read"));
        }
    }

    private void facets(Contract.Block before, Contract.Block now) {
        if (before.lines().equals(now.lines())) {
            return;
        }
        if (read.contains(before.key()) || before.lines().size() != now.lines().size()) {
            breaks.add(before.key() + " was " + before.lines() + " and is " + now.lines());
            return;
        }
        for (int i = 0; i < before.lines().size(); i++) {
            String[] old = before.lines().get(i).split(" ", 2);
            String[] fresh = now.lines().get(i).split(" ", 2);
            if (!old[0].equals(fresh[0]) || !(old[1].equals(fresh[1]) || wider(old[0], old[1], fresh[1]))) {
                breaks.add(before.key() + " was " + before.lines() + " and is " + now.lines());
                return;
            }
        }
    }

    private static boolean wider(String facet, String was, String is) {
        return switch (facet) {
            case "maxLength", "maxInclusive" -> Long.parseLong(is) >= Long.parseLong(was);
            case "minLength", "minInclusive" -> Long.parseLong(is) <= Long.parseLong(was);
            default -> false;
        };
    }
}
