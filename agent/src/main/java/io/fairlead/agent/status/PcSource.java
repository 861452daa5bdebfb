package io.fairlead.agent.status;

import java.nio.file.Path;
import java.util.List;

/**
 * Whether and what of the PC is watched.
 *
 * @param disks a folder on each disk to watch
 */
public record PcSource(boolean enabled, List<Path> disks) {
    public PcSource {
        disks = List.copyOf(disks);
    }
}
