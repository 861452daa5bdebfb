package io.fairlead.agent.status;

import io.fairlead.agent.host.DiskFloor;
import io.fairlead.contract.agent.Severity;
import java.util.List;

/**
 * Tells the enterprise while a disk that the agent writes to has no more than what is left to the instrument: alarm
 * {@code agent.disk.floor}. It is over when a twentieth more than that is free, so that it does not come and go.
 */
final class FloorProbe implements Probe {
    private final DiskFloor floor;

    FloorProbe(DiskFloor floor) {
        this.floor = floor;
    }

    @Override
    public String name() {
        return "disk-floor";
    }

    @Override
    public void look(Findings findings) {
        List<DiskFloor.Level> levels = floor.levels();
        List<String> reached = levels.stream()
                .filter(DiskFloor.Level::reached)
                .map(level -> megabytes(level.free()) + " MB free at " + level.folder() + ", "
                        + megabytes(level.floor()) + " MB are left for the instrument")
                .toList();
        if (!reached.isEmpty()) {
            findings.raise(
                    "agent.disk.floor",
                    Severity.ERROR,
                    String.join("; ", reached) + ": the spool grows no more, and no file is received");
        } else if (levels.stream().allMatch(level -> level.free() > level.floor() + level.floor() / 20)) {
            findings.clear("agent.disk.floor");
        }
    }

    private static long megabytes(long bytes) {
        return bytes / 1_000_000;
    }
}
