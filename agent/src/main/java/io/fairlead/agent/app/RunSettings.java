package io.fairlead.agent.app;

import io.fairlead.agent.host.Host;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the command line and the system say to a run.
 *
 * @param site the customer's file
 * @param demo whether one ordinary person runs a demonstration, and owns the file himself
 * @param program the folder of the program's jar
 * @param version as it is told to the enterprise
 */
record RunSettings(Path site, boolean demo, Path program, Map<String, String> environment, String version, Host host) {
    RunSettings {
        environment = Map.copyOf(environment);
    }
}
