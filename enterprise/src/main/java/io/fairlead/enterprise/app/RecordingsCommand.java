package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Recordings of remote sessions. */
@Command(
        name = "recordings",
        description = "Lists the recordings of remote sessions, the newest first.",
        footer = {
            "",
            "Examples:",
            "  fairlead recordings",
            "  fairlead recordings --device LAB-7 --json",
            "  fairlead recordings verify 4f21 --transcript SESSION-STREAM.transcript",
            "  fairlead recordings save 4f21 --asciicast lab7.cast",
            "  fairlead recordings keep 4f21 --days 3650"
        })
final class RecordingsCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Option(names = "--device", paramLabel = "DEVICE", description = "Only those of this device.")
    private @Nullable String device;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 1000; 50 unless given.")
    private int limit = 50;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    RecordingsCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject arguments = new JsonObject().put("limit", limit);
        if (device != null) {
            arguments.put("device", device);
        }
        JsonObject answer = server.call("recordings", arguments);
        if (json) {
            screen.print(answer.encodePrettily());
        } else {
            list(answer.getJsonArray("recordings"));
        }
        return CommandLine.ExitCode.OK;
    }

    private void list(JsonArray recordings) {
        if (recordings.isEmpty()) {
            screen.print("No recordings.");
            return;
        }
        TextTable table =
                new TextTable("ID", "DEVICE", "SERVICE", "WATCHED BY", "BEGAN", "ENDED", ">SIZE", "KEPT UNTIL", "WHY");
        for (int i = 0; i < recordings.size(); i++) {
            JsonObject one = recordings.getJsonObject(i);
            table.row(
                    one.getString("id"),
                    one.getString("device"),
                    one.getString("service"),
                    one.getString("viewer"),
                    screen.moment(one.getString("openedAt")),
                    screen.moment(one.getString("endedAt")),
                    one.containsKey("bytes") ? Amounts.bytes(one.getLong("bytes")) : null,
                    screen.moment(one.getString("keptUntil")),
                    one.getString("causeInWords"));
        }
        screen.print(table.lines());
    }
}
