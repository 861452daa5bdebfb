package io.fairlead.agent.status;

import io.fairlead.agent.kernel.Durable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this room knows after a restart: how far each file was read ({@code log/…}, {@code results/…}), open alarms
 * ({@code alarm/CODE}), values waiting for the next sample ({@code value/ITEM}). One file, replaced whole, so that all of
 * it is of one moment. The {@link Reporter}'s lock guards it.
 */
final class Bookmarks {
    private static final Logger LOG = LoggerFactory.getLogger(Bookmarks.class);

    private final Durable file;
    private final Properties marks = new Properties();
    private boolean changed;

    /** Reads the file; one that cannot be read counts as none, for then only repetitions are at stake. */
    Bookmarks(Path file) {
        this.file = new Durable(file);
        try {
            Optional<byte[]> content = this.file.read();
            if (content.isPresent()) {
                marks.load(new ByteArrayInputStream(content.get()));
            }
        } catch (IOException | IllegalArgumentException e) {
            marks.clear();
            LOG.warn("bookmarks=unreadable file={} cause={}", file, e.toString());
        }
    }

    Optional<String> get(String key) {
        return Optional.ofNullable(marks.getProperty(key));
    }

    /** The marks whose keys begin so, without that beginning. */
    Map<String, String> under(String prefix) {
        Map<String, String> found = new TreeMap<>();
        for (String key : marks.stringPropertyNames()) {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), marks.getProperty(key));
            }
        }
        return found;
    }

    void put(String key, String value) {
        changed |= !value.equals(marks.setProperty(key, value));
    }

    void remove(String key) {
        changed |= marks.remove(key) != null;
    }

    boolean changed() {
        return changed;
    }

    /** Forces all to disk. */
    void flush() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        marks.store(content, null);
        file.replace(content.toByteArray());
        changed = false;
    }
}
