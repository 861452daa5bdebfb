package io.fairlead.enterprise.roster;

import java.util.EnumMap;
import java.util.Map;

/**
 * How many devices there are of each state and health.
 *
 * @param total that the whole filter takes
 * @param states of those that the filter takes but for its states: how many there would be
 * @param healths of those that the filter takes but for its healths
 */
public record RosterCounts(int total, Map<DeviceState, Integer> states, Map<Health, Integer> healths) {
    public RosterCounts {
        states = Map.copyOf(states);
        healths = Map.copyOf(healths);
    }

    public int of(DeviceState state) {
        return states.getOrDefault(state, 0);
    }

    public int of(Health health) {
        return healths.getOrDefault(health, 0);
    }

    /** Adds up what the query counted for each state and health. */
    static final class Sum {
        private final RosterFilter filter;
        private final Map<DeviceState, Integer> states = new EnumMap<>(DeviceState.class);
        private final Map<Health, Integer> healths = new EnumMap<>(Health.class);
        private int total;

        Sum(RosterFilter filter) {
            this.filter = filter;
        }

        void add(DeviceState state, Health health, int count) {
            boolean stateFits = filter.takes(state);
            boolean healthFits = filter.takes(health);
            if (healthFits) {
                states.merge(state, count, Integer::sum);
            }
            if (stateFits) {
                healths.merge(health, count, Integer::sum);
            }
            if (stateFits && healthFits) {
                total += count;
            }
        }

        RosterCounts done() {
            return new RosterCounts(total, states, healths);
        }
    }
}
