package io.fairlead.agent.host;

import java.io.File;
import java.nio.file.Path;

/** Asks how large disks are, and how much of them is free for this account. */
@FunctionalInterface
public interface Disks {
    /**
     * One disk at one moment, in bytes.
     *
     * @param total 0 when the system does not tell
     * @param free for the account that asks
     */
    record Space(long total, long free) {}

    /** The disk on which a path lies, or will lie once it is made. */
    Space of(Path path);

    /** The disks of this PC; one system call for an existing path. */
    static Disks real() {
        return path -> {
            for (Path there = path.toAbsolutePath(); there != null; there = there.getParent()) {
                File file = there.toFile();
                long total = file.getTotalSpace();
                if (total > 0) {
                    return new Space(total, file.getUsableSpace());
                }
            }
            return new Space(0, 0);
        };
    }
}
