package io.fairlead.perf.simulations;

import io.fairlead.contract.agent.Severity;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** When an agent has something to say, and which alarms its instrument raises and clears. */
interface Rhythm {
    /**
     * One change of one alarm.
     *
     * @param raised false when the condition has ended
     */
    record Change(String code, Severity severity, boolean raised) {}

    /** Until the first message of an agent that was just started. */
    Duration first(RandomGenerator random);

    /** From one message to the next, the simulation having gone on for some time. */
    Duration next(Duration elapsed, RandomGenerator random);

    /**
     * What changes with an agent's message.
     *
     * @param number of the message, from 1
     */
    List<Change> changes(Duration elapsed, long number, RandomGenerator random);
}
