package io.fairlead.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the user asked for.
 *
 * @param data the demo's folder, absolute; it is the server's data folder as well
 * @param agents how many, 1 to 50
 * @param fleet how many simulated agents beside them; 0 for none
 * @param port of the people listener; agents get the next one
 * @param operationsPort of metrics and health, on loopback
 * @param span run so long and judge; empty: until stopped
 */
record Settings(Path data, int agents, int fleet, int port, int operationsPort, Optional<Duration> span) {
    Path log(String name) {
        return data.resolve("log").resolve(name + ".log");
    }

    /** Host and port of the agents listener. */
    String agentsServer() {
        return "localhost:" + (port + 1);
    }
}
