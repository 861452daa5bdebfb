package io.fairlead.agent.status;

import java.io.IOException;
import java.util.OptionalDouble;

/** Reads the PC's own counters. */
interface PcMeter {
    /** CPU load since the call before, 0 to 100 %; empty when the system does not tell yet. */
    OptionalDouble cpuPercent() throws IOException;

    /** Memory in use that could not be given to a program at once, 0 to 100 %. */
    OptionalDouble memoryPercent() throws IOException;

    /** Seconds since the PC was started; empty when the system does not tell. */
    OptionalDouble uptimeSeconds() throws IOException;
}
