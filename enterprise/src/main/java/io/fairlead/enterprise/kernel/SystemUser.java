package io.fairlead.enterprise.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who runs this program, as the operating system sees it. */
final class SystemUser {
    private SystemUser() {}

    /** By the process itself: {@code user.name} can be set by anyone. Never on Windows. */
    static boolean isRoot() {
        return id() == 0;
    }

    /** The user's number, or -1 where there are none. */
    static int id() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException elsewhere) {
            return -1;
        }
    }
}
