package io.fairlead.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file of results: a table of all goals, and a section for each row with where and how it was measured and every round.
 * A row that is measured anew replaces its own section; the others stay, and so does what stands below {@value #GROWTH},
 * which others write.
 *
 * <pre>
 *   # heading, the table of goals          made of the sections
 *   &lt;!-- row 1 --&gt; … &lt;!-- end of row 1 --&gt;    one for each row, in the order of the rows
 *   &lt;!-- growth --&gt; …                         not ours
 * </pre>
 */
public final class Results {
    /** Below this line of the file others write. */
    public static final String GROWTH = "<!-- growth -->";

    private static final String GOAL_ROW = "| **";
    private static final String HEAD = """
            # Figures, side by side
            Written by `./fairlead perf compare`, which says how to measure one row alone. Product and reference run in turns on the
            same core, load and PostgreSQL on another; processor time is what the operating system accounts to the server's
            process, PostgreSQL's counted apart. The machine is shared with others: quote ratios, not single figures. A figure whose
            rounds lie further apart than 1.5 times is called noisy.

            | row | what | median (rounds) | goal | |
            | --- | --- | --- | --- | --- |
            """;

    private final Path file;
    private final List<String> order;

    /** @param order the names of all rows */
    Results(Path file, List<String> order) {
        this.file = file;
        this.order = List.copyOf(order);
    }

    /** Puts a row's section in; the file is whole at any moment. */
    void put(Row row, Measurement measured, List<String> circumstances) throws IOException {
        Map<String, List<String>> sections = sections();
        sections.put(row.name(), section(row, measured, circumstances));
        StringBuilder text = new StringBuilder(HEAD);
        for (String name : order) {
            sections.getOrDefault(name, List.of()).stream()
                    .filter(line -> line.startsWith(GOAL_ROW))
                    .map(line -> line.replaceFirst("\\*\\*([^*]*)\\*\\*", "$1"))
                    .forEach(line -> text.append(line).append('\n'));
        }
        for (String name : order) {
            List<String> section = sections.get(name);
            if (section != null) {
                text.append("\n").append(begin(name)).append('\n');
                section.forEach(line -> text.append(line).append('\n'));
                text.append(end(name)).append('\n');
            }
        }
        text.append('\n').append(String.join("\n", growth())).append('\n');
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, withoutPlaces(text.toString()));
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Where things lie on this machine is nobody's business. */
    private static String withoutPlaces(String text) {
        String without = text;
        for (String property : List.of("fairlead.home", "user.dir", "java.io.tmpdir", "java.home", "user.home")) {
            String place = System.getProperty(property, "");
            if (place.length() > 1) {
                without = without.replace(place, "…");
            }
        }
        return without;
    }

    private static List<String> section(Row row, Measurement measured, List<String> circumstances) {
        List<String> lines = new ArrayList<>();
        lines.add("## Row " + row.name() + ": " + row.title());
        lines.add("");
        lines.add("| row | what | median (rounds) | goal | |");
        lines.add("| --- | --- | --- | --- | --- |");
        for (Finding each : measured.findings()) {
            lines.add(each.tableRow().replaceFirst("^\\| ([^ ]+) ", "| **$1** "));
        }
        lines.add("");
        measured.notes().forEach(note -> lines.add(note + "\n"));
        circumstances.forEach(each -> lines.add("- " + each));
        lines.add("");
        measured.findings().forEach(each -> lines.addAll(each.table()));
        return lines;
    }

    private Map<String, List<String>> sections() throws IOException {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> lines = lines();
        for (String name : order) {
            int from = lines.indexOf(begin(name));
            int to = lines.indexOf(end(name));
            if (from >= 0 && to > from) {
                sections.put(name, new ArrayList<>(lines.subList(from + 1, to)));
            }
        }
        return sections;
    }

    private List<String> growth() throws IOException {
        List<String> lines = lines();
        int from = lines.indexOf(GROWTH);
        return from < 0 ? List.of(GROWTH) : lines.subList(from, lines.size());
    }

    private List<String> lines() throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static String begin(String name) {
        return "<!-- row " + name + " -->";
    }

    private static String end(String name) {
        return "<!-- end of row " + name + " -->";
    }
}
