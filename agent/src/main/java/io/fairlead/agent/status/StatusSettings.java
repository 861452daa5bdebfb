package io.fairlead.agent.status;

/** What of this room an instruction may tune. Read anew each time, so that a change counts at once. Thread-safe. */
public interface StatusSettings {
    /** Seconds from one sample to the next. */
    int samplePeriodSeconds();

    /** Events that one probe may report in a minute; the rest is counted. */
    int eventsPerMinute();

    /** Per cent of CPU load over three samples from which an alarm is raised. */
    int cpuWarnPercent();

    /** Per cent of memory in use over three samples from which an alarm is raised. */
    int memoryWarnPercent();

    /** Per cent of a disk in use from which an alarm is raised. */
    int diskWarnPercent();
}
