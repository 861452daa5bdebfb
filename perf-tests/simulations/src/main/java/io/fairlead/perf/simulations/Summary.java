package io.fairlead.perf.simulations;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What people read at the end, and whether all was well. */
final class Summary {
    private static final String ROW = "  %-26s %9s %7s %8s %8s %8s %8s %8s%n";

    private final PrintWriter out;

    Summary(PrintWriter out) {
        this.out = out;
    }

    /**
     * What came of a simulation.
     *
     * @param code of Gatling
     * @param log what Gatling said
     * @param report of Gatling; empty when it wrote none
     * @param tally what agents counted
     * @param stored messages that the server says it stored meanwhile
     * @param cpu of the server's process meanwhile
     */
    record Played(
            Wanted wanted,
            int code,
            Path log,
            Optional<Path> report,
            Map<String, Long> tally,
            long stored,
            Duration cpu) {
        long count(String name) {
            return tally.getOrDefault(name, 0L);
        }

        /** What was not well; empty when all was. */
        List<String> faults() {
            List<String> faults = new ArrayList<>();
            if (code == GatlingProcess.ASSERTIONS_FAILED) {
                faults.add("some requests failed; " + log + " says which, and why");
            } else if (code != 0) {
                faults.add("Gatling ended with code " + code + ": see " + log);
            }
            if (stored != count(Tally.MESSAGES)) {
                faults.add("the server confirmed " + count(Tally.MESSAGES) + " messages and stored " + stored);
            }
            if (count(Tally.MESSAGES) == 0) {
                faults.add("no message was confirmed");
            }
            if (count(Tally.LEFT) > 0) {
                faults.add(count(Tally.LEFT) + " messages were not taken within a minute after the end");
            }
            if (count(Tally.REJECTED) > 0) {
                faults.add(count(Tally.REJECTED) + " messages were refused as wrong");
            }
            if (wanted.kind().hasFiles() && count(Tally.FILES) != wanted.agents()) {
                faults.add(count(Tally.FILES) + " of " + wanted.agents() + " files arrived");
            }
            return faults;
        }
    }

    void print(Played played) throws IOException {
        out.printf(
                Locale.ROOT,
                "%n%s: %d agents, %d s%n",
                played.wanted().kind().word(),
                played.wanted().agents(),
                played.wanted().span().toSeconds());
        if (played.report().isPresent()) {
            out.printf(ROW, "milliseconds", "requests", "failed", "median", "90 %", "99 %", "99.9 %", "longest");
            for (Statistics.Row row : Statistics.of(played.report().get())) {
                out.printf(
                        ROW,
                        row.name(),
                        row.count(),
                        row.failed(),
                        row.median(),
                        row.p90(),
                        row.p99(),
                        row.p999(),
                        row.most());
            }
            out.println("  (a parked poll takes as long as it is held)");
        }
        out.printf(
                Locale.ROOT,
                "Agents: %d messages confirmed, %d instructions heard, %d files of %.1f MB together sent%n",
                played.count(Tally.MESSAGES),
                played.count(Tally.INSTRUCTIONS),
                played.count(Tally.FILES),
                played.count(Tally.FILE_BYTES) / 1e6);
        out.println("Server: " + played.stored() + " messages stored, " + seconds(played.cpu())
                + " of CPU without PostgreSQL");
        out.println("Shed with Retry-After, and come again: " + shed(played));
        played.report().ifPresent(report -> out.println("Report: " + report.resolve("index.html")));
        played.faults().forEach(fault -> out.println("FAILED: " + fault));
        out.flush();
    }

    private static String shed(Played played) {
        long shed = played.count(Tally.SHED);
        if (shed == 0) {
            return "nothing";
        }
        StringBuilder causes = new StringBuilder();
        played.tally().forEach((name, count) -> {
            if (name.startsWith(Tally.SHED + ".")) {
                causes.append(", ").append(count).append(" × ").append(name.substring(Tally.SHED.length() + 1));
            }
        });
        return String.format(
                Locale.ROOT,
                "%d requests (%s), %.1f s on average",
                shed,
                causes.substring(2),
                played.count(Tally.SHED_SECONDS) / (double) shed);
    }

    private static String seconds(Duration cpu) {
        return String.format(Locale.ROOT, "%.1f s", cpu.toMillis() / 1e3);
    }
}
