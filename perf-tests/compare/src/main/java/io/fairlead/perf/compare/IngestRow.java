package io.fairlead.perf.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What it costs the server to take a report over mutual TLS, to read and check it, and to commit it before it answers: beside
 * Vert.x that throws the body away, and beside CXF on Jetty with a commit a message. Reports a CPU-second of the process.
 */
final class IngestRow implements Row {
    private static final int DEVICES = 1_000;
    private static final int MILLIS = 6_000;
    private static final int LEAST_WARMING = 50_000;
    private static final int LONGEST_WARMING_MILLIS = 180_000;
    /** A run that takes hardly less than the best before it. */
    private static final double HARDLY = 1.03;

    private static final String BARE = "bare Vert.x";
    private static final String JETTY = "CXF on Jetty";
    private static final Goal BARE_GOAL = Goal.atLeast(0.5);
    private static final Goal JETTY_GOAL = Goal.atLeast(3);
    private static final String TEXT = "reports of 1 KB committed, a CPU-second of the server";

    /**
     * One run.
     *
     * @param cpu seconds of the process, those of its compilers left out
     * @param postgres the same of PostgreSQL
     * @param again what was sent again
     */
    private record Run(double reports, double seconds, double cpu, double postgres, double again) {
        double rate() {
            return reports / cpu;
        }
    }

    /** Who is measured, its runs so far, and those at the product's pace. */
    private record Side(String name, long pid, List<Run> runs, List<Run> paced) {
        Side(String name, long pid) {
            this(name, pid, new ArrayList<>(), new ArrayList<>());
        }

        double rate(int round) {
            return runs.get(round).rate();
        }
    }

    @Override
    public String name() {
        return "1";
    }

    @Override
    public String title() {
        return "durable ingest over mutual TLS beside bare Vert.x and CXF on Jetty";
    }

    @Override
    public List<Finding> missing(String whyNot) {
        return List.of(
                Finding.missing("1a", TEXT + ", beside " + BARE, BARE_GOAL, whyNot),
                Finding.missing("1b", TEXT + ", beside " + JETTY, JETTY_GOAL, whyNot));
    }

    @Override
    public Measurement measure(Bench bench, Effort effort) throws Exception {
        int devices = effort.of(DEVICES);
        int millis = effort.of(MILLIS);
        ProductServer server = ProductServer.start(bench);
        Path identities = bench.folder().resolve("identities");
        int enrolled = server.enrolled(identities, devices).all().size();
        assert enrolled == devices;
        Program load = bench.program(Bench.OTHERS, ReportLoad.class, identities.toString());
        Side product = side(load, "product", server.pid(), server.agents(), true);
        int barePort = Bench.freePort();
        Program bareProgram = reference(bench, BareServer.class, identities, barePort);
        Side bare = side(load, "bare", bareProgram.pid(), barePort, false);
        int jettyPort = Bench.freePort();
        Program jettyProgram = reference(
                bench,
                JettyReports.class,
                identities,
                jettyPort,
                server.databaseUrl(),
                server.data().toString());
        Side jetty = side(load, "jetty", jettyProgram.pid(), jettyPort, true);
        List<Side> order = new ArrayList<>(List.of(product, bare, jetty));
        for (Side side : order) {
            warm(load, server, side, effort);
        }
        for (int round = 0; round < effort.rounds(); round++) {
            for (Side side : order) {
                side.runs().add(run(load, server, side, Integer.toString(millis)));
            }
            Collections.reverse(order);
            Run pace = product.runs().get(round);
            long pause = Math.round(devices / (pace.reports() / pace.seconds()) * 1e3);
            bare.paced().add(run(load, server, bare, millis + " " + pause));
        }
        return new Measurement(
                List.of(
                        Finding.measured("1a", TEXT, BARE, Judged.RATIO, BARE_GOAL, rounds(product, bare)),
                        Finding.measured("1b", TEXT, JETTY, Judged.RATIO, JETTY_GOAL, rounds(product, jetty))),
                List.of(
                        devices
                                + " enrolled devices, each with its own certificate, one kept connection and one report under"
                                + " way; an answer counts when it names the report as committed. Bare Vert.x reads the body and"
                                + " answers as long an envelope; CXF on Jetty checks less than Fairlead does, and writes one row"
                                + " a message instead of one for each of its 9 items. The processor time of the JVMs' compilers is"
                                + " left out, at all three.",
                        told(product) + " " + told(bare) + " " + told(jetty),
                        "A server that has more to do at once does it more cheaply, and bare Vert.x waits for no disk: when each"
                                + " device rests so long that it takes "
                                + Numbers.text(median(bare.paced(), run -> run.reports() / run.seconds()))
                                + " reports/s, it takes "
                                + Numbers.text(median(bare.paced(), Run::rate))
                                + " a CPU-second (medians). The product's are "
                                + Numbers.text(median(product.runs(), Run::rate) / median(bare.paced(), Run::rate))
                                + " of that."));
    }

    /** Until two runs have been hardly cheaper: so long, code that is interpreted yet is measured, which is not what a report costs. */
    private static void warm(Program load, ProductServer server, Side side, Effort effort) throws IOException {
        int millis = effort.of(MILLIS);
        double reports = 0;
        double best = 0;
        int hardlyCheaper = 0;
        for (int past = 0; hardlyCheaper < 2 && past < effort.of(LONGEST_WARMING_MILLIS); past += millis) {
            Run run = run(load, server, side, Integer.toString(millis));
            reports += run.reports();
            boolean hardly = reports >= effort.of(LEAST_WARMING) && run.rate() < best * HARDLY;
            hardlyCheaper = hardly ? hardlyCheaper + 1 : 0;
            best = Math.max(best, run.rate());
        }
    }

    private static List<Round> rounds(Side product, Side reference) {
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < product.runs().size(); i++) {
            rounds.add(new Round(product.rate(i), reference.rate(i)));
        }
        return rounds;
    }

    /** A sentence of medians. */
    private static String told(Side side) {
        double rate = median(side.runs(), run -> run.reports() / run.seconds());
        double busy = median(side.runs(), run -> run.cpu() / run.seconds());
        double postgres = median(side.runs(), run -> run.postgres() / run.reports() * 1e6);
        double again = median(side.runs(), Run::again);
        return "%s: %s reports/s, %s of its core, %s µs of PostgreSQL a report%s."
                .formatted(
                        side.name(),
                        Numbers.text(rate),
                        Numbers.text(busy),
                        Numbers.text(postgres),
                        again == 0 ? "" : ", " + Numbers.text(again) + " put off and sent again");
    }

    private static double median(List<Run> runs, java.util.function.ToDoubleFunction<Run> figure) {
        return Numbers.median(runs.stream().mapToDouble(figure).toArray());
    }

    private static Program reference(Bench bench, Class<?> main, Path identities, int port, String... more)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                bench.folder().resolve(main.getSimpleName()).toString(),
                identities.resolve("authorities.pem").toString(),
                Integer.toString(port)));
        arguments.addAll(List.of(more));
        Program program = bench.program(Bench.MEASURED, main, arguments.toArray(String[]::new));
        String[] unused = program.hear("listens");
        return program;
    }

    private static Side side(Program load, String name, long pid, int port, boolean checked) throws IOException {
        load.say("side " + name + " " + port + " " + "e1".repeat(16) + " " + checked);
        return new Side(name, pid);
    }

    /** @param howLong and how fast, as {@link ReportLoad} wants it */
    private static Run run(Program load, ProductServer server, Side side, String howLong) throws IOException {
        // Connections that have been idle are closed by any server; handshakes are not what is measured here.
        String[] unused = load.ask("open " + side.name(), "open");
        double cpu = Usage.secondsWithoutCompilers(side.pid());
        double postgres = server.postgresSeconds();
        String[] came = load.ask("run " + side.name() + " " + howLong, "came");
        return new Run(
                Double.parseDouble(came[1]),
                Double.parseDouble(came[2]) / 1e9,
                Usage.secondsSince(side.pid(), cpu),
                // A connection that has ended takes its share with it.
                Math.max(0, server.postgresSeconds() - postgres),
                Double.parseDouble(came[3]));
    }
}
