package io.fairlead.agent.site;

import io.fairlead.agent.host.DiskFloor;
import io.fairlead.agent.host.Disks;
import io.fairlead.settings.Settings;

/**
 * What the agent may take of the PC.
 *
 * @param diskFloor bytes that stay free on each disk at least
 * @param diskFloorPercent per cent of a disk that stay free at least
 */
public record SiteLimits(long diskFloor, int diskFloorPercent) {
    /** What counts where the customer says nothing, or cannot be believed. */
    public static final SiteLimits STANDARD = new SiteLimits(DiskFloor.STANDARD_BYTES, DiskFloor.STANDARD_PERCENT);

    private static final long LEAST_BYTES = 1_000_000;
    private static final long MOST_BYTES = 1_000_000_000_000L;
    private static final int MOST_PERCENT = 50;

    static SiteLimits of(Settings limits) {
        return new SiteLimits(
                limits.bytes("disk-floor", STANDARD.diskFloor(), LEAST_BYTES, MOST_BYTES),
                limits.number("disk-floor-percent", STANDARD.diskFloorPercent(), 0, MOST_PERCENT));
    }

    /** The floor of this PC's disks. */
    public DiskFloor floor() {
        return new DiskFloor(diskFloor, diskFloorPercent, Disks.real());
    }
}
