package io.fairlead.perf.growth;

import io.fairlead.perf.compare.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was found: each figure at each size so far, in the order in which they were first told. One thread's. */
final class Growth {
    private final List<Double> sizes = new ArrayList<>();
    private final Map<Figure, List<Double>> values = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /** From now on figures are of this size. */
    void at(double size) {
        sizes.add(size);
    }

    /** Throws IllegalStateException when a size before was left out. */
    void found(Figure figure, double value) {
        List<Double> all = values.computeIfAbsent(figure, fresh -> new ArrayList<>());
        if (all.size() != sizes.size() - 1) {
            throw new IllegalStateException(figure.what() + " was not measured at every size");
        }
        all.add(value);
    }

    /** A sentence for people: how it was measured, or what else was seen. */
    void note(String sentence) {
        notes.add(sentence);
    }

    List<Double> sizes() {
        return List.copyOf(sizes);
    }

    List<Figure> figures() {
        return List.copyOf(values.keySet());
    }

    /** In the order of the sizes. */
    List<Double> values(Figure figure) {
        return List.copyOf(values.getOrDefault(figure, List.of()));
    }

    /** At the largest size. */
    double last(Figure figure) {
        List<Double> all = values(figure);
        return all.get(all.size() - 1);
    }

    double largest() {
        return sizes.get(sizes.size() - 1);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** How many times what its shape foretells the last value is, as text: × 1.00 when it grew as it should. */
    String beside(Figure figure) {
        double should =
                figure.shape().at(largest(), sizes.get(0), values(figure).get(0));
        return should == 0 ? "–" : "× " + Numbers.text(last(figure) / should);
    }
}
