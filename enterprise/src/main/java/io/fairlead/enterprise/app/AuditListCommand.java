package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The audit's newest entries. */
@Command(
        name = "list",
        description = "Lists who did what, the newest first.",
        footer = {"", "Examples:", "  fairlead audit list", "  fairlead audit list --device LAB-7 --limit 500 --json"})
final class AuditListCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 1000; 50 unless given.")
    private int limit = 50;

    @Option(names = "--device", paramLabel = "DEVICE", description = "Only what concerns this device.")
    private @Nullable String device;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    AuditListCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject arguments = new JsonObject().put("limit", limit);
        if (device != null) {
            arguments.put("device", device);
        }
        JsonObject answer = server.call("audit.list", arguments);
        if (json) {
            screen.print(answer.encodePrettily());
            return 0;
        }
        TextTable table = new TextTable("AT", "ACTOR", "WHAT", "SUBJECT", "DETAIL");
        JsonArray entries = answer.getJsonArray("entries");
        for (int i = 0; i < entries.size(); i++) {
            JsonObject entry = entries.getJsonObject(i);
            table.row(
                    screen.moment(entry.getString("at")),
                    entry.getString("actor"),
                    entry.getString("code"),
                    entry.getString("subject"),
                    entry.getString("detail"));
        }
        screen.print(table.lines());
        return 0;
    }
}
