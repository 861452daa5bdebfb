package io.fairlead.agent.app;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are on this system when nobody says otherwise. */
final class Locations {
    private Locations() {}

    /** The service's folder where there is one, or root asks; else one of the person's own. */
    static Path data() {
        if (windows()) {
            String programData = System.getenv("ProgramData");
            return Path.of(programData == null ? "C:\\ProgramData" : programData, "Fairlead", "agent");
        }
        Path service = Path.of("/var/lib/fairlead-agent");
        if (root() || Files.isWritable(service)) {
            return service;
        }
        return Path.of(System.getProperty("user.home", "."), ".local", "share", "fairlead-agent");
    }

    /** The customer's file. */
    static Path site() {
        if (windows()) {
            String programData = System.getenv("ProgramData");
            return Path.of(programData == null ? "C:\\ProgramData" : programData, "Fairlead", "site.conf");
        }
        return Path.of("/etc/fairlead/site.conf");
    }

    /** The folder of the program's jar, or of its classes. */
    static Path program() {
        try {
            Path code = Path.of(Locations.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path folder = code.getParent();
            return folder == null ? code : folder;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean root() {
        try {
            Path self = Path.of("/proc/self");
            return Files.exists(self) && Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static boolean windows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }
}
