package io.fairlead.demo;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder into which an instrument writes: a log that is rotated once, and result files that appear whole. All of it
 * can be read by the agent, which is another user.
 */
final class InstrumentFolder {
    private static final int RESULTS_KEPT = 30;

    private final Path folder;
    private final Path log;
    private final Path results;
    private final Charset encoding;
    private final long longestLog;

    /** @param longestLog bytes after which the log begins anew */
    InstrumentFolder(Path folder, String log, Charset encoding, long longestLog) throws IOException {
        this.folder = folder;
        this.log = folder.resolve(log);
        this.results = folder.resolve("results");
        this.encoding = encoding;
        this.longestLog = longestLog;
        Modes.readableFolder(folder);
        Modes.readableFolder(results);
    }

    void append(List<String> lines) throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        if (Files.exists(log) && Files.size(log) > longestLog) {
            Files.move(log, folder.resolve(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        boolean fresh = !Files.exists(log);
        Files.write(log, lines, encoding, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (fresh) {
            Modes.readableFile(log);
        }
    }

    void result(String name, String content) throws IOException {
        Path begun = results.resolve("." + name);
        Files.writeString(begun, content, encoding);
        Modes.readableFile(begun);
        Files.move(begun, results.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        forgetOld();
    }

    /** One above the highest number in the names of results; names are made so that their order is that of numbers. */
    int nextResult() throws IOException {
        try (Stream<Path> files = Files.list(results)) {
            return files.map(file -> file.getFileName().toString().replaceAll("[^0-9]", ""))
                            .filter(digits -> !digits.isEmpty() && digits.length() < 10)
                            .mapToInt(Integer::parseInt)
                            .max()
                            .orElse(0)
                    + 1;
        }
    }

    private void forgetOld() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.list(results)) {
            all = files.sorted().toList();
        }
        for (Path old : all.subList(0, Math.max(0, all.size() - RESULTS_KEPT))) {
            Files.delete(old);
        }
    }
}
