package io.fairlead.perf.simulations;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** What the simulated agents counted themselves, by name. Any thread may count. */
final class Tally {
    /** Status messages that the server said are committed. */
    static final String MESSAGES = "messages";
    /** Messages that it put into quarantine. */
    static final String REJECTED = "rejected";
    /** Instructions that were heard. */
    static final String INSTRUCTIONS = "instructions";

    static final String FILES = "files";
    static final String FILE_BYTES = "file-bytes";
    /** Times that the server asked an agent to come later. */
    static final String SHED = "shed";
    /** Seconds of Retry-After, all together. */
    static final String SHED_SECONDS = "shed-seconds";
    /** Messages that were still in spools when all was over. */
    static final String LEFT = "left-in-spools";

    private final ConcurrentMap<String, LongAdder> counts = new ConcurrentHashMap<>();

    void add(String name, long count) {
        counts.computeIfAbsent(name, fresh -> new LongAdder()).add(count);
    }

    /** The server asked to come later, and said when. */
    void shed(String fault, int retryAfterSeconds) {
        add(SHED, 1);
        add(SHED + "." + fault, 1);
        add(SHED_SECONDS, retryAfterSeconds);
    }

    /** Writes them to a file, for {@link Summary}. */
    void write(Path file) throws IOException {
        Properties all = new Properties();
        counts.forEach((name, count) -> all.setProperty(name, Long.toString(count.sum())));
        try (Writer out = Files.newBufferedWriter(file)) {
            all.store(out, null);
        }
    }

    /** What {@link #write} wrote; empty when it was not written. */
    static Map<String, Long> read(Path file) throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        if (Files.exists(file)) {
            Properties all = new Properties();
            try (var in = Files.newBufferedReader(file)) {
                all.load(in);
            }
            all.stringPropertyNames().forEach(name -> counts.put(name, Long.parseLong(all.getProperty(name))));
        }
        return counts;
    }
}
