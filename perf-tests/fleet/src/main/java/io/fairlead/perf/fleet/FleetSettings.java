package io.fairlead.perf.fleet;

import java.time.Duration;

/**
 * How a fleet behaves.
 *
 * @param ramp over which the agents make their first call, evenly; zero for all at once
 * @param report from one report of an agent to its next; zero for none but results
 * @param hold how long polls ask to be held, 1 to 55 s
 * @param loops threads that serve all agents
 * @param sources loopback addresses from 127.0.0.2 on that agents come from in turn, 1 to 200, when the server is on
 *     loopback; 0 for whatever the system chooses
 */
public record FleetSettings(Duration ramp, Duration report, Duration hold, int loops, int sources) {
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(55);
    private static final int MOST_SOURCES = 200;

    /** @throws IllegalArgumentException for what is out of range */
    public FleetSettings {
        if (ramp.isNegative() || report.isNegative()) {
            throw new IllegalArgumentException("ramp and report are no negative times");
        }
        if (hold.compareTo(Duration.ofSeconds(1)) < 0 || hold.compareTo(LONGEST_HOLD) > 0) {
            throw new IllegalArgumentException("polls are held for 1 to 55 s");
        }
        if (loops < 1 || sources < 0 || sources > MOST_SOURCES) {
            throw new IllegalArgumentException("at least one thread; 0 to " + MOST_SOURCES + " source addresses");
        }
    }

    /** As agents do: polls of 50 s, a report a minute, and one thread. */
    public static FleetSettings asAgents(Duration ramp) {
        return new FleetSettings(ramp, Duration.ofMinutes(1), Duration.ofSeconds(50), 1, 8);
    }

    /** Agents that only poll. */
    public static FleetSettings parked(Duration ramp) {
        return new FleetSettings(ramp, Duration.ZERO, Duration.ofSeconds(50), 1, 8);
    }
}
