package io.fairlead.perf.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a full handshake with a device's certificate costs the server when all come back at once, beside bare Vert.x; and what
 * becomes of polls of which more come at the same moment than the server takes.
 */
final class StormRow implements Row {
    private static final int DEVICES = 10_000;
    private static final int HANDSHAKES = 4_000;
    private static final Goal GOAL = Goal.atLeast(0.9);
    private static final Goal NONE = Goal.atMost(0);
    private static final String TEXT = "full handshakes of mutual TLS, a CPU-second of the server";
    private static final String SHED_TEXT =
            "devices that failed, or were put off without being taken in the end, when all polled at the same moment";

    /** What became of all. */
    private record Rush(double failed, double putOff, double seconds, double hungUp) {}

    @Override
    public String name() {
        return "5";
    }

    @Override
    public String title() {
        return "a storm of reconnects beside bare Vert.x";
    }

    @Override
    public List<Finding> missing(String whyNot) {
        return List.of(Finding.missing("5a", TEXT, GOAL, whyNot), Finding.missing("5b", SHED_TEXT, NONE, whyNot));
    }

    @Override
    public Measurement measure(Bench bench, Effort effort) throws Exception {
        FleetStand stand = FleetStand.start(bench, effort.of(DEVICES)).again(bench, List.of());
        Parked product = stand.product(false);
        Parked bare = stand.reference(stand.reference(bench, List.of(), BareServer.class), false);
        int handshakes = effort.of(HANDSHAKES);
        List<Turn<Double>> unused = Turn.taken(1, () -> rate(product, handshakes), () -> rate(bare, handshakes));
        List<Turn<Double>> turns =
                Turn.taken(effort.rounds(), () -> rate(product, handshakes), () -> rate(bare, handshakes));
        List<Rush> rushes = new ArrayList<>();
        for (int round = 0; round < effort.rounds(); round++) {
            rushes.add(rush(product));
        }
        return new Measurement(
                List.of(
                        Finding.measured(
                                "5a", TEXT, "bare Vert.x", Judged.RATIO, GOAL, Turn.rounds(turns, Double::doubleValue)),
                        shed(rushes)),
                List.of(
                        "Handshakes: devices in turn, P-256, TLS 1.2, 32 at once, none resumed; the processor time of the"
                                + " JVMs' compilers is left out, at both. Both judge the devices' certificates by the JDK's rules; the"
                                + " arithmetic of their signatures is AWS-LC's at Fairlead, and the JDK's at bare Vert.x.",
                        "Shedding: " + stand.devices() + " devices that are connected poll at the same moment, and poll"
                                + " again when Retry-After is over. Put off were "
                                + Numbers.text(median(rushes, Rush::putOff)) + " polls, and all were taken after "
                                + Numbers.text(median(rushes, Rush::seconds)) + " s; "
                                + Numbers.text(median(rushes, Rush::hungUp))
                                + " met a connection that was just being closed as idle, and polled over a new one (medians)."));
    }

    /** Of all rounds together: a median would hide the one that failed. */
    private static Finding shed(List<Rush> rushes) {
        if (rushes.stream().allMatch(each -> each.putOff() == 0 && each.failed() == 0)) {
            return Finding.missing("5b", SHED_TEXT, NONE, "the server took all at once and had to put nobody off");
        }
        double failed = rushes.stream().mapToDouble(Rush::failed).sum();
        return Finding.measured("5b", SHED_TEXT, "", Judged.ALONE, NONE, List.of(new Round(failed, Double.NaN)));
    }

    private static double median(List<Rush> rushes, java.util.function.ToDoubleFunction<Rush> figure) {
        return Numbers.median(rushes.stream().mapToDouble(figure).toArray());
    }

    private static double rate(Parked side, int count) throws IOException {
        double before = Usage.secondsWithoutCompilers(side.pid());
        String[] shook = side.load().ask("handshakes " + side.name() + " " + count, "shook");
        if (!shook[2].equals("0")) {
            throw new IOException(shook[2] + " handshakes of " + count + " failed at " + side.name());
        }
        return count / Usage.secondsSince(side.pid(), before);
    }

    private static Rush rush(Parked side) throws IOException {
        String[] rushed = side.load().ask("rush " + side.name(), "rushed");
        side.leave();
        double taken = Double.parseDouble(rushed[1]);
        return new Rush(
                side.devices() - taken,
                Double.parseDouble(rushed[2]),
                Double.parseDouble(rushed[4]) / 1e3,
                Double.parseDouble(rushed[5]));
    }
}
