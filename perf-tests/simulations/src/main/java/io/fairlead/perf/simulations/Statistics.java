package io.fairlead.perf.simulations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of Gatling's report: it writes it nowhere else. */
final class Statistics {
    private static final Pattern NAME = Pattern.compile("class=\"ellipsed-name\">([^<]*)<");
    private static final Pattern CELL = Pattern.compile("<td class=\"value [a-z]+ col-\\d+\">([^<]*)</td>");
    private static final int CELLS = 13;

    private Statistics() {}

    /**
     * One kind of request. Times are milliseconds, as Gatling writes them.
     *
     * @param failed none of which the server shed
     */
    record Row(
            String name,
            String count,
            String failed,
            String median,
            String p90,
            String p99,
            String p999,
            String most) {}

    /** All requests together first; empty when the report looks otherwise than that of the Gatling we use. */
    static List<Row> of(Path report) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String row : Files.readString(report.resolve("index.html")).split("<tr ", -1)) {
            Matcher name = NAME.matcher(row);
            List<String> cells =
                    CELL.matcher(row).results().map(cell -> cell.group(1)).toList();
            if (name.find() && cells.size() == CELLS) {
                rows.add(new Row(
                        name.group(1),
                        cells.get(0),
                        cells.get(2),
                        cells.get(6),
                        cells.get(7),
                        cells.get(8),
                        cells.get(9),
                        cells.get(10)));
            }
        }
        return rows;
    }
}
