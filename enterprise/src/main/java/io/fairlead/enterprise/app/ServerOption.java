package io.fairlead.enterprise.app;

import io.fairlead.enterprise.operator.CommandClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server a command speaks to: the one that lives in a data folder. */
final class ServerOption {
    private final Path otherwise;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The server's data folder. Default: /var/lib/fairlead for root, else ~/.local/share/fairlead.")
    private @Nullable Path folder;

    ServerOption(Path otherwise) {
        this.otherwise = otherwise;
    }

    Path folder() {
        return folder == null ? otherwise : folder;
    }

    JsonObject call(String command, JsonObject arguments) {
        CommandClient client = new CommandClient(folder());
        try {
            return client.call(command, arguments);
        } catch (IOException unanswered) {
            throw new NoAnswer(client.path(), unanswered);
        }
    }
}
