package io.fairlead.perf.growth;

import io.fairlead.perf.compare.Bench;
import io.fairlead.perf.compare.Garbage;
import io.fairlead.perf.compare.Numbers;
import io.fairlead.perf.compare.ProductServer;
import io.fairlead.perf.fleet.Identities;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The same server with more and more history, see {@link HistoryRows}. */
final class HistoryPart implements Part {
    private static final int LOOKS = 60;
    private static final double MILLION = 1e6;
    /** Of an agent that reports 12 values a minute. */
    private static final double ROWS_A_DAY = 12 * 1_440;

    private static final int KEPT_DAYS = 400;

    private static final Figure DAY = Figure.flat("One item, last day, ms");
    private static final Figure QUARTER = Figure.flat("One item, 90 days in buckets, ms");
    private static final Figure CURRENT = Figure.flat("Current values of a device, ms");
    private static final Figure REPORTS = Figure.flat("Reports a CPU-second, server and PostgreSQL");
    private static final Figure POSTGRES_REPORT = Figure.flat("PostgreSQL, µs a report");
    private static final Figure ROW = Figure.flat("On disk, bytes a row, indexes too");
    private static final Figure DISK = Figure.linear("On disk, GB");

    private final List<Double> millions;
    private final Effort effort;

    /** @param millions of rows */
    HistoryPart(List<Double> millions, Effort effort) {
        this.millions = List.copyOf(millions);
        this.effort = effort;
    }

    @Override
    public String name() {
        return "history";
    }

    @Override
    public String option() {
        return "--history "
                + String.join(",", millions.stream().map(HistoryPart::plain).toList());
    }

    private static String plain(double size) {
        return BigDecimal.valueOf(size).stripTrailingZeros().toPlainString();
    }

    @Override
    public String title() {
        return String.join(", ", millions.stream().map(this::text).toList()) + " rows of history";
    }

    @Override
    public String axis() {
        return "rows of history (M: million)";
    }

    @Override
    public String text(double size) {
        return plain(size) + " M";
    }

    @Override
    public Growth measure(Bench bench, Progress progress) throws Exception {
        Growth growth = new Growth();
        progress.say("a server starts");
        ProductServer server = ProductServer.start(bench, bench.folder().resolve("fairlead"), Garbage.LEAN);
        Pressing pressing = Pressing.start(bench, server, effort.pressing(), progress);
        pressing.at(server);
        progress.say("warming, " + effort.warming().toSeconds() + " s");
        Pressing.Ingest unusedWarm = pressing.press(server, effort.warming());
        Engineer engineer = Engineer.loggedIn(
                server, Identities.kept(Pressing.folder(bench)).authorities());
        try (HistoryRows rows = new HistoryRows(server, progress)) {
            double before = 0;
            for (double size : millions) {
                growth.at(size);
                progress.say(text(size) + " rows: they are written");
                rows.add(Math.round((size - before) * MILLION));
                before = size;
                disk(rows.size(), growth, progress);
                look(engineer, growth, progress);
                press(server, pressing, growth, progress);
            }
            note(growth, rows.ofProbe());
        }
        return growth;
    }

    private void note(Growth growth, long ofProbe) {
        growth.note(
                "Half of the rows lie in the 90 days before, half in the partition of today, which is the one that the"
                        + " server writes to. The item asked for has some " + Numbers.count(ofProbe / HistoryRows.DAYS)
                        + " values in the last day, " + Numbers.count(ofProbe)
                        + " in 90 days, of which the console's chart gets least, average and most of each bucket. Times are those"
                        + " of the console's own requests by a logged-in engineer, median of " + LOOKS
                        + ", TLS and session"
                        + " included; reports are those of " + effort.pressing()
                        + " devices that report 9 values without a pause. On disk with the messages and all indexes.");
    }

    private static void disk(HistoryRows.Size size, Growth growth, Progress progress) {
        growth.found(ROW, size.all() / size.rows());
        growth.found(DISK, size.all() / 1e9);
        progress.say(Numbers.count(size.rows()) + " rows are there, " + Numbers.text(size.all() / size.rows())
                + " bytes each: " + Numbers.text(size.table() / size.rows()) + " in the table, "
                + Numbers.text(size.indexes() / size.rows()) + " in its index, "
                + Numbers.text(size.messages() / size.rows()) + " of the messages");
    }

    private static void look(Engineer engineer, Growth growth, Progress progress) throws Exception {
        if (growth.sizes().size() == 1) {
            // At the first size nobody has looked yet, and the server's code for it is cold.
            double[] unusedCold = looks(engineer);
        }
        double[] millis = looks(engineer);
        growth.found(DAY, millis[0]);
        growth.found(QUARTER, millis[1]);
        growth.found(CURRENT, millis[2]);
        progress.say("an item's last day takes " + Numbers.text(millis[0]) + " ms, 90 days " + Numbers.text(millis[1])
                + " ms, current values " + Numbers.text(millis[2]) + " ms");
    }

    private static double[] looks(Engineer engineer) throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String current = "/devices/" + HistoryRows.PROBE + "/now";
        return new double[] {
            engineer.millis(chart(now, 1), "\"kind\"", LOOKS),
            engineer.millis(chart(now, HistoryRows.DAYS), "\"kind\"", LOOKS),
            engineer.millis(current, HistoryRows.PROBE_ITEM, LOOKS)
        };
    }

    private static String chart(Instant to, int days) {
        return "/devices/" + HistoryRows.PROBE + "/history/data?item=" + HistoryRows.PROBE_ITEM + "&from="
                + to.minus(days, ChronoUnit.DAYS) + "&to=" + to;
    }

    private void press(ProductServer server, Pressing pressing, Growth growth, Progress progress) throws Exception {
        Pressing.Ingest ingest = pressing.press(server, effort.press());
        growth.found(REPORTS, ingest.reports() / (ingest.server() + ingest.postgres()));
        growth.found(POSTGRES_REPORT, ingest.postgresMicros());
        progress.say("pressed: " + Numbers.text(ingest.reports() / ingest.seconds()) + " reports/s, "
                + Numbers.text(growth.last(REPORTS)) + " a CPU-second of server and PostgreSQL together");
    }

    @Override
    public List<List<String>> capacity(Growth growth) {
        double agentDay = growth.last(ROW) * ROWS_A_DAY;
        return List.of(
                List.of("history on disk, bytes a row", Numbers.text(growth.last(ROW))),
                List.of("history of an agent with 12 values a minute, MB a day", Numbers.text(agentDay / 1e6)),
                List.of(
                        "history of 1,000 such agents, GB a day; TB in " + KEPT_DAYS + " days",
                        Numbers.text(agentDay / 1e6) + "; " + Numbers.text(agentDay * KEPT_DAYS * 1e3 / 1e12)),
                List.of(
                        "a chart of one item, last day and 90 days, ms",
                        Numbers.text(growth.last(DAY)) + ", " + Numbers.text(growth.last(QUARTER))));
    }
}
