package io.fairlead.system;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network of its own behind a line of 128 kbit a second in each direction: the kernel's token bucket on both ends of a pair
 * of virtual cards.
 */
final class SlowLine implements AutoCloseable {
    static final int BYTES_A_SECOND = 128_000 / 8;
    private static final String[] BUCKET = {"root", "tbf", "rate", "128kbit", "burst", "4kb", "latency", "400ms"};

    private final OwnNetwork network;
    private final String net = "10.214." + ProcessHandle.current().pid() % 250;

    private SlowLine(OwnNetwork network) {
        this.network = network;
    }

    static SlowLine up() throws IOException {
        SlowLine line = new SlowLine(OwnNetwork.up("tc"));
        try {
            line.network.address(line.outside() + "/30", line.net + ".2/30");
            OwnNetwork.run(slow(line.network.here()));
            line.network.inside(slow(line.network.there()));
        } catch (IOException e) {
            line.close();
            throw e;
        }
        return line;
    }

    private static String[] slow(String card) {
        return Stream.concat(Stream.of("tc", "qdisc", "add", "dev", card), Stream.of(BUCKET))
                .toArray(String[]::new);
    }

    /** The address of this machine as it is seen from within. */
    String outside() {
        return net + ".1";
    }

    /** Words that go before a command, so that it runs within. */
    List<String> within() {
        return network.within();
    }

    /** Bytes that went out so far, the headers of their packets with them. */
    long sent() throws IOException {
        String told = network.saidInside("tc", "-s", "qdisc", "show", "dev", network.there());
        return Long.parseLong(told.replaceAll("(?s).*Sent (\\d+) bytes.*", "$1"));
    }

    @Override
    public void close() throws IOException {
        network.close();
    }
}
