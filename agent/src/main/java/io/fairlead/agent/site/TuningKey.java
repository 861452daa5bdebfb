package io.fairlead.agent.site;

/**
 * Every key that an instruction may set, with its range: whole numbers all. What is not here belongs to the customer's
 * {@code site.conf}, and no instruction reaches it.
 */
public enum TuningKey {
    /** Seconds from one sample to the next. */
    SAMPLE_PERIOD("sample.period", 60, 10, 3600, "seconds"),
    /** Events that one probe may report in a minute. */
    EVENTS_PER_MINUTE("events.per-minute", 60, 1, 600, "events"),
    /** CPU load over three samples that raises an alarm. */
    PC_CPU_WARN("pc.cpu.warn", 95, 10, 100, "%"),
    /** Memory in use over three samples that raises an alarm. */
    PC_MEMORY_WARN("pc.memory.warn", 95, 10, 100, "%"),
    /** Disk in use that raises an alarm. */
    PC_DISK_WARN("pc.disk.warn", 90, 10, 100, "%");

    private final String key;
    private final int standard;
    private final int least;
    private final int most;
    private final String unit;

    TuningKey(String key, int standard, int least, int most, String unit) {
        this.key = key;
        this.standard = standard;
        this.least = least;
        this.most = most;
        this.unit = unit;
    }

    /** As instructions name it. */
    public String key() {
        return key;
    }

    /** The value where nobody has set one. */
    public int standard() {
        return standard;
    }

    public int least() {
        return least;
    }

    public int most() {
        return most;
    }

    public String unit() {
        return unit;
    }

    /** Such as "10 to 3600 seconds". */
    String range() {
        return least + " to " + most + " " + unit;
    }
}
