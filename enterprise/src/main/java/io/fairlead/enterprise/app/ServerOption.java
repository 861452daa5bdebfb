package io.fairlead.enterprise.app;

import io.fairlead.enterprise.operator.Calls;
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

/** Which server a command speaks to: the one that lives in a data folder, or one elsewhere. */
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

    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "A server elsewhere, by a log-in that `fairlead login URL` made, instead of the one on this machine.")
    private @Nullable String url;

    Path folder() {
        return folder == null ? otherwise : folder;
    }

    /** What is done over one connection. */
    interface Talk<T> {
        T with(Calls session) throws IOException;
    }

    /** Several commands over one connection. */
    <T> T talk(Talk<T> talk) {
        Calls calls;
        try {
            calls = open();
        } catch (IOException unanswered) {
            throw noAnswer(unanswered);
        }
        try (calls) {
            return talk.with(calls);
        } catch (IOException broken) {
            throw new Unable("It broke off: " + broken.getMessage(), broken);
        }
    }

    private Calls open() throws IOException {
        return url == null
                ? new CommandClient(folder()).open()
                : RemoteLogin.read(url).calls();
    }

    private RuntimeException noAnswer(IOException unanswered) {
        return url == null
                ? new NoAnswer(new CommandClient(folder()).path(), unanswered)
                : new Unable(RemoteServer.said(url, unanswered), unanswered);
    }

    /** Where viewers' ends of streams go, by what the command {@code sessions.stream} said. */
    RemoteServer people(JsonObject stream) {
        return url == null
                ? new RemoteServer(
                        RemoteServer.url(stream.getString("url")), new Trust("root-key", stream.getString("rootKey")))
                : RemoteLogin.read(url).server();
    }

    JsonObject call(String command, JsonObject arguments) {
        try (Calls calls = open()) {
            try {
                return calls.call(command, arguments);
            } catch (CommandRefused refused) {
                throw refused.key().equals(Fault.UNKNOWN_DEVICE.key())
                        ? unknown(calls, arguments)
                        : refused.key().equals(Fault.NOT_FOUND.key()) && command.startsWith("transfer")
                                ? new Unable("There is no transfer " + TextTable.plain(arguments.getString("id", ""))
                                        + ". `fairlead transfers` lists them.")
                                : refused;
            }
        } catch (IOException unanswered) {
            throw noAnswer(unanswered);
        }
    }

    private static Unable unknown(Calls calls, JsonObject arguments) {
        String device = arguments.getString("device", "");
        Optional<String> near = Nearest.to(device, known(calls));
        return new Unable("There is no device " + TextTable.plain(device) + "."
                + near.map(name -> " Did you mean " + name + "?").orElse(" `fairlead devices` lists them."));
    }

    private static List<String> known(Calls calls) {
        try {
            return calls.call("devices", new JsonObject()).getJsonArray("devices").stream()
                    .map(one -> ((JsonObject) one).getString("device"))
                    .toList();
        } catch (IOException | CommandRefused silent) {
            return List.of();
        }
    }
}
