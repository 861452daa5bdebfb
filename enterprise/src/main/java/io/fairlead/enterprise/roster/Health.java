package io.fairlead.enterprise.roster;

import java.util.Optional;

/** How a device is, by the worst of its open alarms; the worst first. */
public enum Health {
    CRITICAL("critical"),
    ERROR("error"),
    WARNING("warning"),
    INFO("info"),
    /** No alarm is open, or the viewer may not see alarms. */
    GOOD("good");

    private final String key;

    Health(String key) {
        this.key = key;
    }

    /** As it stands in links; of all but GOOD also the severity of the alarm. */
    public String key() {
        return key;
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
