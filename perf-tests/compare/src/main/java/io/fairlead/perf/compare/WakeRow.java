package io.fairlead.perf.compare;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * How long an instruction takes from its commit to its agent with many polls parked, beside a wake-up of bare Vert.x. The time
 * counts from the answer to who ordered, which follows the commit.
 */
final class WakeRow implements Row {
    private static final int DEVICES = 10_000;
    private static final int ORDERS = 200;
    private static final int WARMING = 500;
    private static final int PAUSE_MILLIS = 5;
    /** No divisor of the number of devices: orders go all over the fleet. */
    private static final int STRIDE = 37;

    private static final Goal GOAL = Goal.atMost(10);
    private static final String TEXT = "from commit to agent, p99 of 200 instructions, ms";

    /**
     * Of one round, in ms.
     *
     * @param p99 from the commit
     * @param median from the commit
     * @param ordered p99 from before the order was given
     */
    private record Found(double p99, double median, double ordered) {
        static Found of(double[] committed, double[] ordered) {
            return new Found(percentile(committed), Numbers.median(committed), percentile(ordered));
        }

        private static double percentile(double[] times) {
            double[] sorted = times.clone();
            Arrays.sort(sorted);
            return sorted[(int) Math.ceil(sorted.length * 0.99) - 1];
        }
    }

    @Override
    public String name() {
        return "3";
    }

    @Override
    public String title() {
        return "from an instruction that is committed to the agent that has it";
    }

    @Override
    public List<Finding> missing(String whyNot) {
        return List.of(Finding.missing("3", TEXT, GOAL, whyNot));
    }

    @Override
    public Measurement measure(Bench bench, Effort effort) throws Exception {
        FleetStand stand = FleetStand.start(bench, effort.of(DEVICES)).again(bench, List.of());
        Program program = stand.reference(bench, List.of(), BarePolls.class);
        Parked product = stand.product(false);
        Parked bare = stand.reference(program, false);
        int warming = effort.of(WARMING);
        int orders = effort.of(ORDERS);
        // One after the other: both together would want more open files than many machines give.
        List<Turn<Found>> unused =
                Turn.taken(1, () -> product(product, stand.server(), warming), () -> bare(bare, program, warming));
        List<Turn<Found>> turns = Turn.taken(
                effort.rounds(), () -> product(product, stand.server(), orders), () -> bare(bare, program, orders));
        return new Measurement(
                List.of(Finding.measured(
                        "3", TEXT, "bare Vert.x", Judged.DIFFERENCE, GOAL, Turn.rounds(turns, Found::p99))),
                List.of(stand.devices() + " polls are parked, each held for 50 s and then asked again. Orders come one"
                        + " after the other, " + PAUSE_MILLIS
                        + " ms apart. The time counts from the answer to who ordered;"
                        + " half of the product's instructions are there within "
                        + Numbers.text(Turn.median(turns, Found::median))
                        + " ms of it, and of every hundred all but one within "
                        + Numbers.text(Turn.median(turns, Found::ordered))
                        + " ms of when the order was given (medians): that is with its signature and its commit."));
    }

    private static Found bare(Parked bare, Program program, int count) throws IOException, InterruptedException {
        bare.park();
        double[] times = new double[count];
        for (int i = 0; i < count; i++) {
            long from = System.nanoTime();
            program.say("wake 1");
            times[i] = millis(from, bare);
        }
        bare.leave();
        return Found.of(times, times);
    }

    private static Found product(Parked product, ProductServer server, int count)
            throws IOException, InterruptedException {
        product.park();
        double[] times = new double[count];
        double[] ordered = new double[count];
        for (int i = 0; i < count; i++) {
            long before = System.nanoTime();
            server.order(1 + (i * STRIDE) % product.devices());
            long from = System.nanoTime();
            double millis = millis(from, product);
            // It may be there before who ordered has his answer.
            times[i] = Math.max(0, millis);
            ordered[i] = millis + (from - before) / 1e6;
        }
        product.leave();
        return Found.of(times, ordered);
    }

    private static double millis(long from, Parked parked) throws IOException, InterruptedException {
        double millis = (parked.arrivals(1)[0] - from) / 1e6;
        Thread.sleep(PAUSE_MILLIS);
        return millis;
    }
}
