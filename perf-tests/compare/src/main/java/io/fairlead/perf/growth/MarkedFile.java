package io.fairlead.perf.growth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of Markdown of which some sections are ours, and all else is others': it stays as it is.
 *
 * <pre>
 *   …
 *   &lt;!-- NAME --&gt;
 *   ours
 *   &lt;!-- end of NAME --&gt;
 *   …
 * </pre>
 */
record MarkedFile(Path file) {
    /** Puts a section in the place of the one of that name, or at the end. The file is whole at any moment. */
    void put(String name, List<String> section) throws IOException {
        List<String> lines = new ArrayList<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
        int from = lines.indexOf(begin(name));
        int to = lines.indexOf(end(name));
        if (from < 0 || to < from) {
            lines.add("");
            from = lines.size();
        } else {
            lines.subList(from, to + 1).clear();
        }
        List<String> fresh = new ArrayList<>(List.of(begin(name)));
        fresh.addAll(section);
        fresh.add(end(name));
        boolean unusedChanged = lines.addAll(from, fresh);
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(written, String.join("\n", lines).stripTrailing() + "\n");
        Path unusedFile =
                Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Sees to it that there is a line of its own with this text; at the end when it is missing. */
    void line(String text) throws IOException {
        List<String> lines = new ArrayList<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
        if (!lines.contains(text)) {
            lines.add(text);
            Path unusedFile = Files.writeString(file, String.join("\n", lines) + "\n");
        }
    }

    private static String begin(String name) {
        return "<!-- " + name + " -->";
    }

    private static String end(String name) {
        return "<!-- end of " + name + " -->";
    }
}
