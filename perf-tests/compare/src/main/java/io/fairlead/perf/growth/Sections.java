package io.fairlead.perf.growth;

import io.fairlead.perf.compare.Numbers;
import io.fairlead.perf.compare.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where figures go: a picture and a table of each part into a folder's RESULTS.md, below the mark that {@code perf compare}
 * leaves to us, and what follows from them into the page of capacity.
 *
 * @param folder of RESULTS.md and the pictures
 * @param capacity the page
 */
record Sections(Path folder, Path capacity) {
    /** @param circumstances lines: when, at which commit, on what, by which command */
    void put(Part part, Growth growth, List<String> circumstances) throws IOException {
        Path unusedFolder = Files.createDirectories(folder);
        String picture = "growth-" + part.name() + ".svg";
        Path unusedPicture = Files.writeString(folder.resolve(picture), new Chart(part, growth).svg());
        MarkedFile results = new MarkedFile(folder.resolve("RESULTS.md"));
        results.line(Results.GROWTH);
        results.put("growth " + part.name(), section(part, growth, picture, circumstances));
        new MarkedFile(capacity).put("measured " + part.name(), capacity(part, growth, circumstances));
    }

    private static List<String> section(Part part, Growth growth, String picture, List<String> circumstances) {
        List<String> lines = new ArrayList<>(List.of(
                "### " + part.title(),
                "",
                "![" + part.title() + ": one small chart for each row of the table below](" + picture + ")",
                "",
                row(
                        "figure",
                        growth.sizes().stream().map(part::text).toList(),
                        "should be",
                        "at the largest, beside that")));
        lines.add("| --- |" + " --- |".repeat(growth.sizes().size() + 2));
        for (Figure each : growth.figures()) {
            lines.add(row(
                    each.what(),
                    growth.values(each).stream().map(Numbers::text).toList(),
                    each.shape().word(),
                    growth.beside(each)));
        }
        lines.add("");
        growth.notes().forEach(note -> lines.addAll(List.of(note, "")));
        circumstances.forEach(each -> lines.add("- " + each));
        return lines;
    }

    private static String row(String first, List<String> values, String... last) {
        return "| " + first + " | " + String.join(" | ", values) + " | " + String.join(" | ", last) + " |";
    }

    private static List<String> capacity(Part part, Growth growth, List<String> circumstances) {
        List<String> lines = new ArrayList<>(List.of("| " + part.title() + " | |", "| --- | --- |"));
        part.capacity(growth).forEach(each -> lines.add("| " + String.join(" | ", each) + " |"));
        lines.add("");
        lines.add(String.join("; ", circumstances) + ".");
        return lines;
    }
}
