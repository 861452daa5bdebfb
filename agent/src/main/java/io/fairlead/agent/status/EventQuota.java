package io.fairlead.agent.status;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts each probe's events in a minute. The {@link Reporter}'s lock guards it. */
final class EventQuota {
    private final Map<String, Integer> taken = new HashMap<>();
    private Map<String, Integer> refused = new TreeMap<>();
    private long minute;

    /** Whether the probe may report one more event in this minute; if not it is counted. */
    boolean take(String probe, long now, int perMinute) {
        if (now != minute) {
            minute = now;
            taken.clear();
        }
        if (taken.merge(probe, 1, Integer::sum) <= perMinute) {
            return true;
        }
        refused.merge(probe, 1, Integer::sum);
        return false;
    }

    /** Counts events that were refused before they came here. */
    void refuse(String probe, int events) {
        if (events > 0) {
            refused.merge(probe, events, Integer::sum);
        }
    }

    /** How many events of which probe were refused in minutes that are over; told once. */
    Map<String, Integer> refusedBefore(long now) {
        if (now == minute || refused.isEmpty()) {
            return Map.of();
        }
        Map<String, Integer> told = refused;
        refused = new TreeMap<>();
        return told;
    }
}
