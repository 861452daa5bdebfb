package io.fairlead.enterprise.app;

import java.nio.file.Path;
import java.util.Optional;

/** Starts the enterprise server and stays until it has stopped. */
interface ServerStart {
    /**
     * Runs the server; returns when it has stopped.
     *
     * @param config the configuration file
     * @param dataFolder stands above the one of the file
     * @param port of the people listener; agents get the next one; stands above those of the file
     * @throws Unable when it cannot start, with the reason for people
     */
    void run(Path config, Optional<Path> dataFolder, Optional<Integer> port);
}
