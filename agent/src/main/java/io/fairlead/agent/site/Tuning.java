package io.fairlead.agent.site;

import io.fairlead.agent.kernel.Durable;
import io.fairlead.agent.status.StatusSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What instructions may tune: the keys of {@link TuningKey} and no others, kept in one small file of the data folder. A
 * change counts at once and outlives a restart. Thread-safe.
 */
public final class Tuning implements StatusSettings {
    private static final Logger LOG = LoggerFactory.getLogger(Tuning.class);

    private final Durable file;
    private final Map<TuningKey, Integer> values = new EnumMap<>(TuningKey.class);

    /** What came of setting a key. */
    public sealed interface Outcome {
        /** For the instruction's result. */
        String text();
    }

    /** It counts from now on and is on disk. */
    public record Set(String text) implements Outcome {}

    /** It does not; nothing has changed. The text names the key and what it takes. */
    public record Refused(String text) implements Outcome {}

    /** Reads the file; a value that this version does not take gives way to the default. */
    public Tuning(Path file) {
        this.file = new Durable(file);
        for (TuningKey key : TuningKey.values()) {
            values.put(key, key.standard());
        }
        try {
            Optional<byte[]> content = this.file.read();
            if (content.isPresent()) {
                Properties read = new Properties();
                read.load(new ByteArrayInputStream(content.get()));
                read.stringPropertyNames().forEach(name -> take(name, read.getProperty(name)));
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("tuning=unreadable file={} cause={}", file, e.toString());
        }
    }

    private void take(String name, String text) {
        @Nullable TuningKey key = key(name);
        Optional<Integer> value = key == null ? Optional.empty() : value(key, text);
        if (key == null || value.isEmpty()) {
            LOG.warn("tuning=ignored key={}", name);
        } else {
            values.put(key, value.get());
        }
    }

    /** Sets a key, on disk first. */
    public synchronized Outcome set(String name, String text) {
        @Nullable TuningKey key = key(name);
        if (key == null) {
            return new Refused(
                    name + " is no tuning key; what site.conf says only the customer changes. Keys: " + keys());
        }
        Optional<Integer> value = value(key, text);
        if (value.isEmpty()) {
            return new Refused(key.key() + " takes a whole number, " + key.range());
        }
        Map<TuningKey, Integer> changed = new EnumMap<>(values);
        changed.put(key, value.get());
        try {
            write(changed);
        } catch (IOException e) {
            LOG.warn("tuning=unwritten key={} cause={}", key.key(), e.toString());
            return new Refused(key.key() + " could not be written to disk");
        }
        int before = values.getOrDefault(key, key.standard());
        values.put(key, value.get());
        LOG.info("tuning=set key={} before={} now={}", key.key(), before, value.get());
        return new Set(key.key() + " = " + value.get() + " " + key.unit() + " (before: " + before + ")");
    }

    /** A key's value. */
    public synchronized int get(TuningKey key) {
        return values.getOrDefault(key, key.standard());
    }

    private void write(Map<TuningKey, Integer> changed) throws IOException {
        Properties properties = new Properties();
        changed.forEach((key, value) -> {
            if (value != key.standard()) {
                properties.setProperty(key.key(), String.valueOf(value));
            }
        });
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        properties.store(content, null);
        file.replace(content.toByteArray());
    }

    private static @Nullable TuningKey key(String name) {
        for (TuningKey key : TuningKey.values()) {
            if (key.key().equals(name)) {
                return key;
            }
        }
        return null;
    }

    private static Optional<Integer> value(TuningKey key, String text) {
        String digits = text.strip();
        if (!digits.matches("\\d{1,9}")) {
            return Optional.empty();
        }
        int value = Integer.parseInt(digits);
        return value < key.least() || value > key.most() ? Optional.empty() : Optional.of(value);
    }

    private static String keys() {
        StringBuilder keys = new StringBuilder();
        for (TuningKey key : TuningKey.values()) {
            keys.append(keys.length() == 0 ? "" : ", ").append(key.key());
        }
        return keys.toString();
    }

    @Override
    public int samplePeriodSeconds() {
        return get(TuningKey.SAMPLE_PERIOD);
    }

    @Override
    public int eventsPerMinute() {
        return get(TuningKey.EVENTS_PER_MINUTE);
    }

    @Override
    public int cpuWarnPercent() {
        return get(TuningKey.PC_CPU_WARN);
    }

    @Override
    public int memoryWarnPercent() {
        return get(TuningKey.PC_MEMORY_WARN);
    }

    @Override
    public int diskWarnPercent() {
        return get(TuningKey.PC_DISK_WARN);
    }
}
