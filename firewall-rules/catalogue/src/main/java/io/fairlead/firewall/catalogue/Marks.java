package io.fairlead.firewall.catalogue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where everything stands, and what is wrong with it: for one place one fault, the last that was found, for whoever judges
 * later knows better.
 */
final class Marks {
    /** Enough for anybody to mend before the next look. */
    private static final int MOST_FAULTS = 100;

    /** From 1 on. */
    record Mark(int line, int column) {}

    private final Map<String, Mark> values = new HashMap<>();
    private final Map<String, Mark> keys = new HashMap<>();
    private final Map<String, CatalogueFault> faults = new TreeMap<>();

    void value(String pointer, Mark mark) {
        values.put(pointer, mark);
    }

    void key(String pointer, Mark mark) {
        keys.put(pointer, mark);
    }

    /** With the value at a JSON pointer (RFC 6901). */
    void refuse(String pointer, String sentence) {
        put(pointer, values.getOrDefault(pointer, new Mark(1, 1)), sentence);
    }

    /** With what is missing, or too much, in the value there. */
    void refuse(String pointer, String about, String sentence) {
        put(pointer + "\n" + about, values.getOrDefault(pointer, new Mark(1, 1)), sentence);
    }

    /** With the key there. */
    void refuseKey(String pointer, String sentence) {
        put(pointer + "\nkey", keys.getOrDefault(pointer, new Mark(1, 1)), sentence);
    }

    void refuse(Mark mark, String sentence) {
        put("\n" + mark, mark, sentence);
    }

    private void put(String where, Mark mark, String sentence) {
        faults.put(where, new CatalogueFault(mark.line(), mark.column(), sentence));
    }

    boolean hasFault(String pointer) {
        return faults.containsKey(pointer);
    }

    boolean isClean() {
        return faults.isEmpty();
    }

    /** In the order of the text. */
    List<CatalogueFault> faults() {
        List<CatalogueFault> sorted =
                new ArrayList<>(faults.values().stream().distinct().sorted().toList());
        if (sorted.size() > MOST_FAULTS) {
            CatalogueFault first = sorted.get(MOST_FAULTS);
            List<CatalogueFault> some = new ArrayList<>(sorted.subList(0, MOST_FAULTS));
            some.add(new CatalogueFault(
                    first.line(), first.column(), "and " + (sorted.size() - MOST_FAULTS) + " more from here on"));
            return some;
        }
        return sorted;
    }
}
