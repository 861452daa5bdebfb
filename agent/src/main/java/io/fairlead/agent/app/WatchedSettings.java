package io.fairlead.agent.app;

import io.fairlead.agent.status.StatusSettings;

/** Settings whose reader shows that it lives: the watching thread asks for the period every second. */
record WatchedSettings(StatusSettings settings, Runnable pulse) implements StatusSettings {
    @Override
    public int samplePeriodSeconds() {
        pulse.run();
        return settings.samplePeriodSeconds();
    }

    @Override
    public int eventsPerMinute() {
        return settings.eventsPerMinute();
    }

    @Override
    public int cpuWarnPercent() {
        return settings.cpuWarnPercent();
    }

    @Override
    public int memoryWarnPercent() {
        return settings.memoryWarnPercent();
    }

    @Override
    public int diskWarnPercent() {
        return settings.diskWarnPercent();
    }
}
