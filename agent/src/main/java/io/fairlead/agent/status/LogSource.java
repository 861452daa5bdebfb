package io.fairlead.agent.status;

import java.nio.file.Path;
import java.util.List;

/**
 * A log to follow.
 *
 * @param name names it in events and bookmarks
 * @param folder where it lies
 * @param file its name, or a glob; of several files the one changed last is followed
 * @param fromStart whether the lines that are there when the log is first seen count
 */
public record LogSource(
        String name, Path folder, String file, LogEncoding encoding, boolean fromStart, List<LinePattern> patterns) {
    public LogSource {
        ContractLimits.requireName(name);
        patterns = List.copyOf(patterns);
    }

    /** Whether {@link #file} names one file. */
    boolean plain() {
        return file.chars().noneMatch(c -> "*?[{".indexOf(c) >= 0);
    }
}
