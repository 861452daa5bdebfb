package io.fairlead.enterprise.operator;

import io.vertx.core.json.JsonObject;
import java.io.IOException;

/** A server's commands, by whatever way they go. Blocks; not for several threads at once. */
public interface Calls extends AutoCloseable {
    /**
     * Runs one command.
     *
     * @throws CommandRefused when the server says no
     * @throws IOException when no server answers, or it went away without an answer
     */
    JsonObject call(String command, JsonObject arguments) throws IOException;

    @Override
    void close() throws IOException;
}
