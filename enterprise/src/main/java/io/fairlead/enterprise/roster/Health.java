package io.fairlead.enterprise.roster;

import io.fairlead.enterprise.status.Severity;
import java.util.List;
import java.util.Optional;

/** How a device is, by the worst of its open alarms; the worst first. */
public enum Health {
    CRITICAL("critical", "Critical"),
    ERROR("error", "Error"),
    WARNING("warning", "Warning"),
    INFO("info", "Info"),
    /** No alarm is open, or the viewer may not see alarms. */
    GOOD("good", "No alarm");

    private static final List<Health> BY_RANK = List.of(values());

    private final String key;
    private final String label;

    Health(String key, String label) {
        this.key = key;
        this.label = label;
    }

    /** That of an open alarm. */
    public static Health of(Severity severity) {
        return switch (severity) {
            case CRITICAL -> CRITICAL;
            case ERROR -> ERROR;
            case WARNING -> WARNING;
            case INFO -> INFO;
        };
    }

    /** As it stands in links; of all but GOOD also the severity of the alarm. */
    public String key() {
        return key;
    }

    /** As SQL counts them, from 0. */
    int rank() {
        return BY_RANK.indexOf(this);
    }

    static Health ofRank(int rank) {
        return BY_RANK.get(rank);
    }

    /** In a word, for people. */
    public String label() {
        return label;
    }

    public static Optional<Health> ofKey(String key) {
        for (Health health : values()) {
            if (health.key.equals(key)) {
                return Optional.of(health);
            }
        }
        return Optional.empty();
    }
}
