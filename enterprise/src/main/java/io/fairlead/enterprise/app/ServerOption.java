package io.fairlead.enterprise.app;

import io.fairlead.enterprise.operator.CommandClient;
import io.fairlead.enterprise.operator.CommandRefused;
import io.fairlead.settings.Nearest;
import io.fairlead.soap.Fault;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    /** What is done over one connection. */
    interface Talk<T> {
        T with(CommandClient.Session session) throws IOException;
    }

    /** Several commands over one connection. */
    <T> T talk(Talk<T> talk) {
        CommandClient client = new CommandClient(folder());
        CommandClient.Session session;
        try {
            session = client.open();
        } catch (IOException unanswered) {
            throw new NoAnswer(client.path(), unanswered);
        }
        try (session) {
            return talk.with(session);
        } catch (IOException broken) {
            throw new Unable("It broke off: " + broken.getMessage(), broken);
        }
    }

    JsonObject call(String command, JsonObject arguments) {
        CommandClient client = new CommandClient(folder());
        try {
            return client.call(command, arguments);
        } catch (CommandRefused refused) {
            throw refused.key().equals(Fault.UNKNOWN_DEVICE.key())
                    ? unknown(client, arguments)
                    : refused.key().equals(Fault.NOT_FOUND.key()) && command.startsWith("transfer")
                            ? new Unable("There is no transfer " + TextTable.plain(arguments.getString("id", ""))
                                    + ". `fairlead transfers` lists them.")
                            : refused;
        } catch (IOException unanswered) {
            throw new NoAnswer(client.path(), unanswered);
        }
    }

    private static Unable unknown(CommandClient client, JsonObject arguments) {
        String device = arguments.getString("device", "");
        Optional<String> near = Nearest.to(device, known(client));
        return new Unable("There is no device " + TextTable.plain(device) + "."
                + near.map(name -> " Did you mean " + name + "?").orElse(" `fairlead devices` lists them."));
    }

    private static List<String> known(CommandClient client) {
        try {
            return client.call("devices", new JsonObject()).getJsonArray("devices").stream()
                    .map(one -> ((JsonObject) one).getString("device"))
                    .toList();
        } catch (IOException | CommandRefused silent) {
            return List.of();
        }
    }
}
