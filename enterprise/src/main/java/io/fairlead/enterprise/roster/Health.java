package io.fairlead.enterprise.roster;

import java.util.List;
import java.util.Optional;

/** How a device is, by the worst of its open alarms; the worst first. */
public enum Health {
    CRITICAL("critical"),
    ERROR("error"),
    WARNING("warning"),
    INFO("info"),
    /** No alarm is open, or the viewer may not see alarms. */
    GOOD("good");

    private static final List<Health> BY_RANK = List.of(values());

    private final String key;

    Health(String key) {
        this.key = key;
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

    public static Optional<Health> ofKey(String key) {
        for (Health health : values()) {
            if (health.key.equals(key)) {
                return Optional.of(health);
            }
        }
        return Optional.empty();
    }
}
