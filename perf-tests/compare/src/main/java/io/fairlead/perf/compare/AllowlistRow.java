package io.fairlead.perf.compare;

import java.util.List;

/**
 * What it costs the server to say that the allowlist is as it was: conditional requests answered by 304, over TLS on connections
 * that are kept, without pipelining, beside Vert.x answering 304 and nothing else.
 */
final class AllowlistRow implements Row {
    private static final int CONNECTIONS = 32;
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
        Program program = bench.program(
                Bench.MEASURED,
                List.of(),
                BareNotModified.class,
                bench.folder().resolve("bare").toString(),
                "0");
        int port = Integer.parseInt(program.hear("listens")[1]);
        CallRounds rounds = CallRounds.by(bench, CONNECTIONS);
        CallRounds.Called whole = called("whole", server.pid(), server.people(), "", 200);
        rounds.know(bench, whole);
        CallRounds.Called product =
                called("product", server.pid(), server.people(), "If-None-Match: " + rounds.tag(whole) + "\r\n", 304);
        rounds.know(bench, product);
        CallRounds.Called bare =
                called("bare", program.pid(), port, "If-None-Match: " + BareNotModified.TAG + "\r\n", 304);
        rounds.know(bench, bare);
        List<Round> measured = rounds.measured(product, bare, effort, WARMING, CALLS);
        double[] ratios = measured.stream().mapToDouble(Judged.RATIO::of).toArray();
        List<Round> alone = measured.stream()
                .map(each -> new Round(each.product(), Double.NaN))
                .toList();
        return new Measurement(
                List.of(Finding.measured(name(), TEXT, "", Judged.ALONE, GOAL, alone)),
                List.of("Beside bare Vert.x, which answers 304 and nothing else with the same TLS: "
                        + Numbers.text(Numbers.median(ratios))
                        + " of its answers a CPU-second (median). The processor time"
                        + " of the JVMs' compilers is left out, at both."));
    }

    private static CallRounds.Called called(String name, long pid, int port, String header, int status) {
        String request = "GET /firewall/endpoints HTTP/1.1\r\nHost: localhost:" + port
                + "\r\nUser-Agent: curl/8.14.1\r\nAccept: */*\r\n" + header + "\r\n";
        return new CallRounds.Called(name, pid, port, request, status, "HTTP/1.1", 1);
    }
}
