package io.fairlead.settings;

import com.typesafe.config.ConfigOrigin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong with a file, told in the order of its lines. */
final class Faults {
    private record Located(int line, String text) {}

    private final List<Located> found = new ArrayList<>();

    void add(ConfigOrigin at, String text) {
        found.add(new Located(at.lineNumber(), text));
    }

    void check() {
        if (!found.isEmpty()) {
            found.sort(Comparator.comparingInt(Located::line));
            throw new SettingsException(found.stream().map(Located::text).toList());
        }
    }
}
