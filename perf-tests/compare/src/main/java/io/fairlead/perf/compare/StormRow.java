package io.fairlead.perf.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a full handshake with a device's certificate costs the server when all come back at once, beside bare Vert.x. */
final class StormRow implements Row {
    private static final int DEVICES = 500;
    private static final int HANDSHAKES = 4_000;
    private static final Goal GOAL = Goal.atLeast(0.9);
    private static final String TEXT = "full handshakes of mutual TLS, a CPU-second of the server";

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
        return List.of(Finding.missing("5", TEXT, GOAL, whyNot));
    }

    @Override
    public Measurement measure(Bench bench, Effort effort) throws Exception {
        ProductServer server = ProductServer.start(bench);
        var identities = bench.folder().resolve("identities");
        int devices = server.enrolled(identities, effort.of(DEVICES)).all().size();
        FleetStand stand = new FleetStand(server, identities);
        int port = Bench.freePort();
        Program bare = stand.reference(bench, BareServer.class, port);
        Program load = bench.program(Bench.OTHERS, PollLoad.class, identities.toString());
        load.say("side product " + server.agents() + " 2");
        load.say("side bare " + port + " 0");
        int handshakes = effort.of(HANDSHAKES);
        List<Round> rounds = new ArrayList<>();
        for (int round = -1; round < effort.rounds(); round++) {
            boolean first = round % 2 == 0;
            double one = first
                    ? rate(load, "product", server.pid(), handshakes)
                    : rate(load, "bare", bare.pid(), handshakes);
            double other = first
                    ? rate(load, "bare", bare.pid(), handshakes)
                    : rate(load, "product", server.pid(), handshakes);
            if (round >= 0) {
                rounds.add(first ? new Round(one, other) : new Round(other, one));
            }
        }
        return new Measurement(
                List.of(Finding.measured("5", TEXT, "bare Vert.x", Judged.RATIO, GOAL, rounds)),
                List.of(devices
                        + " devices in turn, P-256, TLS 1.2, 32 at once, none resumed. Not measured here: that load is"
                        + " shed by Retry-After; `./fairlead perf reconnect-storm` looks at that."));
    }

    private static double rate(Program load, String name, long pid, int count) throws IOException {
        double before = Usage.seconds(pid);
        String[] stormed = load.ask("storm " + name + " " + count, "stormed");
        if (!stormed[2].equals("0")) {
            throw new IOException(stormed[2] + " handshakes of " + count + " failed at " + name);
        }
        return count / (Usage.seconds(pid) - before);
    }
}
