package io.fairlead.enterprise.console;

import java.util.List;

/**
 * A tuning key of today's agents, so that nobody has to know them by heart. What an agent takes, it alone decides; other keys can
 * be typed.
 *
 * @param least and {@code most}: whole numbers
 */
public record TuningChoice(String key, String label, int standard, int least, int most, String unit) {
    public static final List<TuningChoice> KNOWN = List.of(
            new TuningChoice("sample.period", "Sample period", 60, 10, 3600, "seconds"),
            new TuningChoice("events.per-minute", "Events per minute", 60, 1, 600, "events"),
            new TuningChoice("pc.cpu.warn", "CPU alarm", 95, 10, 100, "%"),
            new TuningChoice("pc.memory.warn", "Memory alarm", 95, 10, 100, "%"),
            new TuningChoice("pc.disk.warn", "Disk alarm", 90, 10, 100, "%"));

    public String hint() {
        return least + " to " + most + " " + unit;
    }
}
