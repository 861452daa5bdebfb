package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps a recording longer. */
@Command(
        name = "keep",
        description = "Keeps a recording longer than was fixed when it began. It is never kept shorter.",
        footer = {"", "Example:", "  fairlead recordings keep 4f21 --days 3650"})
final class RecordingsKeepCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(paramLabel = "ID", description = "Which one; its first digits are enough.")
    private String id = "";

    @Option(
            names = "--days",
            paramLabel = "N",
            required = true,
            description = "For so many days from its beginning, 1 to 36500.")
    private int days;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    RecordingsKeepCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        String whole = RecordingIds.whole(id, server);
        JsonObject kept =
                server.call("recordings.keep", new JsonObject().put("id", whole).put("days", days));
        screen.print(
                json
                        ? kept.encodePrettily()
                        : "Recording " + whole + " is kept until " + screen.moment(kept.getString("keptUntil")) + ".");
        return CommandLine.ExitCode.OK;
    }
}
