package io.fairlead.perf.compare;

import io.fairlead.enterprise.app.RelayProgram;
import java.io.IOException;
import java.util.List;

/**
 * What a hundred streams through one relay lose when the reader of one more takes nothing, measured in turns: bytes a second of
 * the hundred while it takes nothing, beside the same while it reads.
 */
final class CrowdRow implements Row {
    private static final int OTHERS = 100;
    private static final int MILLIS = 2_000;
    private static final String TEXT = "MB/s of 100 streams while the reader of one more takes nothing";
    private static final Goal GOAL = Goal.atLeast(0.9);

    @Override
    public String name() {
        return "crowd";
    }

    @Override
    public String title() {
        return "100 streams through one relay beside one more whose viewer takes nothing";
    }

    @Override
    public List<Finding> missing(String whyNot) {
        return List.of(Finding.missing(name(), TEXT, GOAL, whyNot));
    }

    @Override
    public Measurement measure(Bench bench, Effort effort) throws Exception {
        Program relay = bench.program(
                Bench.MEASURED,
                RelayProgram.class,
                bench.folder().resolve("relay").toString());
        String[] ports = relay.hear("ports");
        Program load = bench.program(Bench.OTHERS, TunnelLoad.class);
        for (int stream = 0; stream <= OTHERS; stream++) {
            String[] tickets = relay.ask("plain", "stream");
            String[] unused = load.ask(
                    String.join(" ", "join", ports[1], ports[2], tickets[1], tickets[2], tickets[3]), "joined");
        }
        int millis = effort.of(MILLIS);
        List<Turn<Double>> unused =
                Turn.taken(1, () -> rate(load, "stalls", millis), () -> rate(load, "reads", millis));
        List<Round> rounds = Turn.rounds(
                Turn.taken(effort.rounds(), () -> rate(load, "stalls", millis), () -> rate(load, "reads", millis)),
                Double::doubleValue);
        return new Measurement(
                List.of(Finding.measured(name(), TEXT, "the same while it reads", Judged.RATIO, GOAL, rounds)),
                List.of());
    }

    private static double rate(Program load, String last, int millis) throws IOException {
        String[] came = load.ask("crowd " + last + " " + millis, "came");
        return Double.parseDouble(came[1]) / Double.parseDouble(came[2]) * 1e3;
    }
}
