package io.fairlead.perf.growth;

import io.fairlead.perf.compare.Bench;
import io.fairlead.perf.compare.Garbage;
import io.fairlead.perf.compare.Numbers;
import io.fairlead.perf.compare.ProductServer;
import io.fairlead.perf.compare.Program;
import io.fairlead.perf.compare.Usage;
import io.fairlead.perf.fleet.Identities;
import io.fairlead.perf.fleet.Registration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The same server with more and more agents. At each number:
 *
 * <pre>
 *   enrol ─▶ a new process ─▶ warm ─▶ all agents come at once ─▶ memory ─▶ rest ─▶ press ─▶ instructions ─▶ pages
 * </pre>
 */
final class AgentsPart implements Part {
    private static final int ORDERS = 200;
    private static final int LOOKS = 40;
    /** Of all devices here, see {@link Registration#plain}. */
    private static final String CUSTOMER = "Fleet hospital";
    /** Of a core, above which nobody plans. */
    private static final double PLANNED = 0.6;

    private static final Figure MEMORY = Figure.linear("Memory of the server, MB");
    private static final Figure MEMORY_EACH = Figure.flat("Memory for each agent, KB");
    private static final Figure SERVER_REST = Figure.linear("Server at rest, % of a core");
    private static final Figure POSTGRES_REST = Figure.linear("PostgreSQL at rest, % of a core");
    private static final Figure REPORTS = Figure.flat("Pressed: reports a CPU-second (server)");
    private static final Figure POSTGRES_REPORT = Figure.flat("Pressed: PostgreSQL, µs a report");
    private static final Figure WAKE_MEDIAN = Figure.flat("Instruction to agent, median, ms");
    private static final Figure WAKE_LAST = Figure.flat("Instruction to agent, 99 %, ms");
    private static final Figure PAGE = Figure.linear("Device list in the console, ms");
    private static final Figure COMING = Figure.linear("All agents come at once, s");
    private static final Figure COMING_EACH = Figure.flat("Server, ms of CPU for each that comes");

    private final List<Integer> sizes;
    private final Effort effort;

    AgentsPart(List<Integer> sizes, Effort effort) {
        this.sizes = List.copyOf(sizes);
        this.effort = effort;
    }

    @Override
    public String name() {
        return "agents";
    }

    @Override
    public String option() {
        return "--agents "
                + String.join(",", sizes.stream().map(String::valueOf).toList());
    }

    @Override
    public String title() {
        return String.join(", ", sizes.stream().map(this::text).toList()) + " agents";
    }

    @Override
    public String axis() {
        return "agents";
    }

    @Override
    public String text(double size) {
        return Numbers.count(Math.round(size));
    }

    private String text(int size) {
        return Numbers.count(size);
    }

    @Override
    public Growth measure(Bench bench, Progress progress) throws Exception {
        Growth growth = new Growth();
        progress.say("a server starts");
        ProductServer server = ProductServer.start(bench, bench.folder().resolve("fairlead"), Garbage.LEAN);
        Pressing pressing = Pressing.start(bench, server, effort.pressing(), progress);
        for (int size : sizes) {
            growth.at(size);
            String agents = text(size) + " agents";
            Identities identities = enrolled(bench, server, size, progress);
            progress.say(agents + " are enrolled; the server starts anew");
            server = server.again(bench, Garbage.LEAN);
            pressing.at(server);
            progress.say(agents + ": warming, " + effort.warming().toSeconds() + " s");
            Pressing.Ingest unusedWarm = pressing.press(server, effort.warming());
            Program fleet = bench.program(
                    Bench.OTHERS,
                    List.of("-Xmx3g"),
                    FleetLoad.class,
                    folder(bench).toString(),
                    server.data().toString(),
                    Integer.toString(server.agents()));
            come(server, fleet, size, growth, progress);
            rest(server, fleet, size, growth, progress);
            press(server, pressing, growth, progress);
            wake(fleet, growth, progress);
            Engineer engineer = Engineer.loggedIn(server, identities.authorities());
            growth.found(PAGE, engineer.millis("/devices", CUSTOMER, LOOKS));
            progress.say(agents + ": the device list takes " + Numbers.text(growth.last(PAGE)) + " ms");
            bench.end(fleet.process());
        }
        growth.note(
                "One server on one core, all its devices enrolled with certificates of their own; the agents keep a poll"
                        + " parked and report each " + effort.period().toSeconds()
                        + " s with 12 values, over a connection that is new"
                        + " for each report, as the agents' Java has it. Memory is what the process has (RSS) with all of them there,"
                        + " garbage collected; for each agent, what it has more than before they came. Pressed: "
                        + effort.pressing()
                        + " further devices report 9 values without a pause over kept connections meanwhile; what the agents take at rest is not counted there. "
                        + ORDERS
                        + " instructions, one after the other, from the operator's call to the agent that has them; "
                        + LOOKS + " looks at the first page of the list by a logged-in engineer, median.");
        return growth;
    }

    private static Path folder(Bench bench) {
        return bench.folder().resolve("fleet");
    }

    private Identities enrolled(Bench bench, ProductServer server, int size, Progress progress)
            throws IOException, InterruptedException {
        List<Registration> devices = IntStream.rangeClosed(1, size)
                .mapToObj(i -> Registration.plain("agent-%05d".formatted(i)))
                .toList();
        return Identities.enrolled(
                folder(bench),
                devices,
                server.socket(),
                (done, all) -> progress.far("enrolled", done, all),
                Clock.systemUTC());
    }

    private void come(ProductServer server, Program fleet, int size, Growth growth, Progress progress)
            throws IOException, InterruptedException {
        Garbage.collect(server.pid());
        double before = Usage.megabytes(server.pid());
        double cpu = Usage.secondsWithoutCompilers(server.pid());
        progress.say(text(size) + " agents come at once");
        String[] parked = fleet.ask("come " + effort.period().toSeconds(), "parked");
        int there = Integer.parseInt(parked[1]);
        if (there < size * 0.99) {
            throw new IOException("of " + size + " agents only " + there + " are there after some minutes");
        }
        growth.found(COMING, Double.parseDouble(parked[2]) / 1e9);
        growth.found(COMING_EACH, Usage.secondsSince(server.pid(), cpu) / size * 1e3);
        Garbage.collect(server.pid());
        growth.found(MEMORY, Usage.megabytes(server.pid()));
        growth.found(MEMORY_EACH, Math.max(0, Usage.megabytes(server.pid()) - before) * 1e3 / size);
        long[] met = figures(fleet);
        if (met[2] + met[3] + met[4] > 0) {
            growth.note(text(size) + " agents that came at once: " + met[2] + " calls put off with Retry-After, "
                    + met[3] + " lost on the way and tried again, " + met[4] + " refused.");
        }
        progress.say("all are there after " + Numbers.text(growth.last(COMING)) + " s; the server has "
                + Numbers.text(growth.last(MEMORY)) + " MB, " + Numbers.text(growth.last(MEMORY_EACH))
                + " KB for each");
    }

    /** What the agents take at rest goes on meanwhile, and is not what the further reports cost. */
    private void press(ProductServer server, Pressing pressing, Growth growth, Progress progress) throws IOException {
        Pressing.Ingest ingest = pressing.press(server, effort.press())
                .without(growth.last(SERVER_REST) / 100, growth.last(POSTGRES_REST) / 100);
        growth.found(REPORTS, ingest.perServerSecond());
        growth.found(POSTGRES_REPORT, ingest.postgresMicros());
        progress.say("pressed: " + Numbers.text(ingest.reports() / ingest.seconds()) + " reports/s, "
                + Numbers.text(ingest.perServerSecond()) + " a CPU-second of the server, "
                + Numbers.text(ingest.postgresMicros()) + " µs of PostgreSQL each");
    }

    private void rest(ProductServer server, Program fleet, int size, Growth growth, Progress progress)
            throws IOException, InterruptedException {
        progress.say("at rest for " + effort.span().toSeconds() + " s");
        double cpu = Usage.secondsWithoutCompilers(server.pid());
        double postgres = server.postgresSeconds();
        long[] before = figures(fleet);
        long begun = System.nanoTime();
        Thread.sleep(effort.span().toMillis());
        double seconds = (System.nanoTime() - begun) / 1e9;
        long[] after = figures(fleet);
        growth.found(SERVER_REST, Usage.secondsSince(server.pid(), cpu) / seconds * 100);
        growth.found(POSTGRES_REST, Math.max(0, server.postgresSeconds() - postgres) / seconds * 100);
        long reports = after[0] - before[0];
        if (reports < size * seconds / effort.period().toSeconds() * 0.9) {
            growth.note(text(size) + " agents: only " + Numbers.count(reports) + " reports were confirmed in "
                    + Math.round(seconds) + " s, fewer than they had.");
        }
        progress.say("at rest: " + Numbers.count(reports) + " reports and " + Numbers.count(after[1] - before[1])
                + " polls took " + Numbers.text(growth.last(SERVER_REST)) + " % of a core, and of PostgreSQL's "
                + Numbers.text(growth.last(POSTGRES_REST)) + " %");
    }

    /** Reports, polls, shed, lost, refused, since the fleet came. */
    private static long[] figures(Program fleet) throws IOException {
        String[] words = fleet.ask("figures", "figures");
        return IntStream.range(1, words.length)
                .mapToLong(i -> Long.parseLong(words[i]))
                .toArray();
    }

    private static void wake(Program fleet, Growth growth, Progress progress) throws IOException {
        String[] arrived = fleet.ask("order " + ORDERS, "arrived");
        if (Integer.parseInt(arrived[1]) < ORDERS) {
            throw new IOException("of " + ORDERS + " instructions only " + arrived[1] + " arrived");
        }
        growth.found(WAKE_MEDIAN, Double.parseDouble(arrived[2]) / 1e3);
        growth.found(WAKE_LAST, Double.parseDouble(arrived[3]) / 1e3);
        progress.say("instructions reach their agents in " + Numbers.text(growth.last(WAKE_MEDIAN)) + " ms, 99 % in "
                + Numbers.text(growth.last(WAKE_LAST)) + " ms");
    }

    @Override
    public List<List<String>> capacity(Growth growth) {
        double size = growth.largest();
        double each = growth.last(MEMORY_EACH);
        return List.of(
                List.of(
                        "agents at rest, a report each " + effort.period().toSeconds()
                                + " s, for each core of the server, at most " + Math.round(PLANNED * 100) + " % busy",
                        rounded(PLANNED * 100 * size / growth.last(SERVER_REST))),
                List.of(
                        "the same for each core of PostgreSQL",
                        rounded(PLANNED * 100 * size / growth.last(POSTGRES_REST))),
                List.of("agents for each GB of the server's memory", rounded(1e6 / each)),
                List.of(
                        "memory of the server without agents, MB",
                        Numbers.text(growth.last(MEMORY) - each * size / 1e3)),
                List.of("reports a second that a core of the server takes when pressed", rounded(growth.last(REPORTS))),
                List.of(
                        "reports a second that a core of PostgreSQL takes when pressed",
                        rounded(1e6 / growth.last(POSTGRES_REPORT))),
                List.of("agents a second that come back after an outage", rounded(size / growth.last(COMING))),
                List.of(
                        "an instruction reaches its agent in (median, 99 %), ms",
                        Numbers.text(growth.last(WAKE_MEDIAN)) + ", " + Numbers.text(growth.last(WAKE_LAST))));
    }

    /** Two figures: more would be pretended. */
    private static String rounded(double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            return "too little to be measured";
        }
        double step = Math.pow(10, Math.floor(Math.log10(value)) - 1);
        return Numbers.text(Math.floor(value / step) * step);
    }
}
