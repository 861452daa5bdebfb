package io.fairlead.perf.compare;

import java.io.IOException;
import java.util.List;

/**
 * What it costs the server to say that the allowlist is as it was: conditional requests answered by 304, over TLS on connections
 * that are kept, without pipelining, beside Vert.x answering 304 and nothing else.
 */
final class AllowlistRow implements Row {
    private static final int WARMING = 200_000;
    private static final int CALLS = 50_000;
    private static final String TEXT = "answers of 304 to who asks for the allowlist, a CPU-second";
    private static final Goal GOAL = Goal.atLeast(10_000);

    @Override
    public String name() {
        return "allowlist";
    }

    @Override
    public String title() {
        return "the allowlist asked for with If-None-Match, beside bare Vert.x answering 304";
    }

    @Override
    public List<Finding> missing(String whyNot) {
        return List.of(Finding.missing(name(), TEXT, GOAL, whyNot));
    }

    @Override
    public Measurement measure(Bench bench, Effort effort) throws Exception {
        ProductServer server = ProductServer.start(bench);
        Program load = bench.program(Bench.OTHERS, AllowlistLoad.class);
        String tag = load.ask("tag " + server.people() + " /firewall/endpoints", "tag")[1];
        int port = Bench.freePort();
        Program bare = bench.program(
                Bench.MEASURED,
                BareNotModified.class,
                bench.folder().resolve("bare").toString(),
                Integer.toString(port));
        String[] unused = bare.hear("listens");
        List<Round> rounds = new CallRounds(
                        load, called(server.pid(), server.people(), tag), called(bare.pid(), port, BareNotModified.TAG))
                .measured(effort.of(WARMING), effort.of(CALLS), effort.rounds());
        double[] ratios = rounds.stream().mapToDouble(Judged.RATIO::of).toArray();
        List<Round> alone = rounds.stream()
                .map(each -> new Round(each.product(), Double.NaN))
                .toList();
        return new Measurement(
                List.of(Finding.measured(name(), TEXT, "", Judged.ALONE, GOAL, alone)),
                List.of("Beside bare Vert.x, which answers 304 and nothing else with the same TLS: "
                        + Numbers.text(Numbers.median(ratios)) + " of its answers a CPU-second (median)."));
    }

    private static CallRounds.Called called(long pid, int port, String tag) throws IOException {
        return new CallRounds.Called(pid, "calls " + port + " %d /firewall/endpoints " + tag);
    }
}
