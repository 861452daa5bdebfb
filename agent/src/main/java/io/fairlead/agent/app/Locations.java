package io.fairlead.agent.app;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where the program lies. */
final class Locations {
    private Locations() {}

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
}
