package io.fairlead.perf.compare;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
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
    private static final Goal GOAL = Goal.atMost(10);
    private static final String TEXT = "from commit to agent, p99 of 200 instructions, ms";

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
        int devices = effort.of(DEVICES);
        int orders = effort.of(ORDERS);
        FleetStand stand = FleetStand.start(bench, devices);
        Program load = bench.program(
                Bench.OTHERS,
                List.of("-Xmx3g"),
                PollLoad.class,
                stand.identities().toString());
        int port = Bench.freePort();
        Program bareProgram = stand.reference(bench, BarePolls.class, port);
        load.say("side product " + stand.server().agents() + " 2");
        load.say("side bare " + port + " 0");
        Parked product = new Parked(load, "product", stand.server().pid(), devices);
        Parked bare = new Parked(load, "bare", bareProgram.pid(), devices);
        List<Round> rounds = new ArrayList<>();
        List<Double> medians = new ArrayList<>();
        for (int round = -1; round < effort.rounds(); round++) {
            int count = round < 0 ? effort.of(WARMING) : orders;
            // One after the other: both together would want more open files than many machines give.
            bare.parkAll();
            double[] bareTimes = bareTimes(bare, bareProgram, count);
            bare.leave();
            product.parkAll();
            double[] productTimes = productTimes(product, stand, count);
            product.leave();
            if (round >= 0) {
                rounds.add(new Round(p99(productTimes), p99(bareTimes)));
                medians.add(Numbers.median(productTimes));
            }
        }
        return new Measurement(
                List.of(Finding.measured("3", TEXT, "bare Vert.x", Judged.DIFFERENCE, GOAL, rounds)),
                List.of(devices + " polls are parked. Half of the product's instructions take at most "
                        + Numbers.text(Numbers.median(medians.stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray()))
                        + " ms. Orders come one after the other, " + PAUSE_MILLIS + " ms apart."));
    }

    private static double p99(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(sorted.length * 0.99) - 1];
    }

    private static double[] bareTimes(Parked bare, Program program, int count)
            throws IOException, InterruptedException {
        double[] times = new double[count];
        for (int i = 0; i < count; i++) {
            long from = System.nanoTime();
            program.say("wake 1");
            times[i] = (bare.arrivals(1)[0] - from) / 1e6;
            Thread.sleep(PAUSE_MILLIS);
        }
        return times;
    }

    private static double[] productTimes(Parked product, FleetStand stand, int count)
            throws IOException, InterruptedException {
        double[] times = new double[count];
        for (int i = 0; i < count; i++) {
            JsonObject unused = stand.server()
                    .socket()
                    .call(
                            "instruct",
                            new JsonObject()
                                    .put("device", ProductServer.device(1 + (i * 37) % product.devices()))
                                    .put("action", "collect"));
            long from = System.nanoTime();
            // It may be there before who ordered has his answer.
            times[i] = Math.max(0, product.arrivals(1)[0] - from) / 1e6;
            Thread.sleep(PAUSE_MILLIS);
        }
        return times;
    }
}
