package io.fairlead.agent.status;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.OptionalDouble;

/** The counters of Windows and others, by the JDK's management bean; it does not know how long the PC runs. */
final class BeanMeter implements PcMeter {
    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    @Override
    public OptionalDouble cpuPercent() {
        double load = system.getCpuLoad();
        return load < 0 ? OptionalDouble.empty() : OptionalDouble.of(100 * load);
    }

    @Override
    public OptionalDouble memoryPercent() {
        long all = system.getTotalMemorySize();
        return all <= 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * (all - system.getFreeMemorySize()) / all);
    }

    @Override
    public OptionalDouble uptimeSeconds() {
        return OptionalDouble.empty();
    }
}
