package io.fairlead.perf.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/** What product and reference were found to do, one right after the other. */
record Turn<T>(T product, T reference) {
    /** So many turns, each with the other one first. */
    static <T> List<Turn<T>> taken(int count, Callable<T> product, Callable<T> reference) throws Exception {
        List<Turn<T>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (i % 2 == 0) {
                T one = product.call();
                all.add(new Turn<>(one, reference.call()));
            } else {
                T other = reference.call();
                all.add(new Turn<>(product.call(), other));
            }
        }
        return all;
    }

    /** One figure of each. */
    static <T> List<Round> rounds(List<Turn<T>> turns, ToDoubleFunction<T> figure) {
        return turns.stream()
                .map(turn -> new Round(figure.applyAsDouble(turn.product), figure.applyAsDouble(turn.reference)))
                .toList();
    }

    /** The median of a figure of the product. */
    static <T> double median(List<Turn<T>> turns, ToDoubleFunction<T> figure) {
        return Numbers.median(
                turns.stream().map(Turn::product).mapToDouble(figure).toArray());
    }
}
