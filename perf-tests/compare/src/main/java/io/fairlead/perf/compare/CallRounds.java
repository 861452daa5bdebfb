package io.fairlead.perf.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Two servers that answer the same calls by the same load, in turns: answers a CPU-second of each. */
record CallRounds(Program load, Called product, Called reference) {
    /**
     * One of the two.
     *
     * @param line what is said to the load, with %d for how many calls; it answers by "took …"
     */
    record Called(long pid, String line) {}

    /**
     * Both in turns, each round the other one first.
     *
     * @param warming calls of each before anything counts
     */
    List<Round> measured(int warming, int calls, int rounds) throws IOException {
        for (int rest = warming; rest > 0; rest -= calls) {
            call(product, calls);
            call(reference, calls);
        }
        List<Round> all = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            boolean first = i % 2 == 0;
            double one = rate(first ? product : reference, calls);
            double other = rate(first ? reference : product, calls);
            all.add(first ? new Round(one, other) : new Round(other, one));
        }
        return all;
    }

    private double rate(Called called, int calls) throws IOException {
        double before = Usage.seconds(called.pid());
        call(called, calls);
        return calls / (Usage.seconds(called.pid()) - before);
    }

    private void call(Called called, int calls) throws IOException {
        String[] unused = load.ask(called.line().formatted(calls), "took");
    }
}
