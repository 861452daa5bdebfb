package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The audit's newest entries. */
@Command(
        name = "list",
        description = {
            "Lists who did what, the newest first.",
            "SEALED is an entry's number in the sealed chain; one of the last second has none yet."
        },
        footer = {
            "",
            "Examples:",
            "  fairlead audit list",
            "  fairlead audit list --device LAB-7 --limit 500 --json",
            "  fairlead audit list --from 7d --actor os:root --code instruction.created",
            "  fairlead audit list --text stolen --before 120345"
        })
final class AuditListCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 1000; 50 unless given.")
    private int limit = 50;

    @Option(
            names = "--before",
            paramLabel = "ID",
            description = "Go on below this id: the one under which a list ended.")
    private long before;

    @Mixin
    private final AuditOptions wanted;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    AuditListCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
        this.wanted = new AuditOptions(screen.clock());
    }

    @Override
    public Integer call() {
        JsonObject arguments = new JsonObject().put("limit", limit);
        wanted.into(arguments);
        if (before > 0) {
            arguments.put("before", before);
        }
        JsonObject answer = server.call("audit.list", arguments);
        if (json) {
            screen.print(answer.encodePrettily());
            return 0;
        }
        TextTable table = new TextTable(">SEALED", "AT", "ACTOR", "WHAT", "SUBJECT", "DETAIL");
        JsonArray entries = answer.getJsonArray("entries");
        for (int i = 0; i < entries.size(); i++) {
            JsonObject entry = entries.getJsonObject(i);
            table.row(
                    entry.getLong("number"),
                    screen.moment(entry.getString("at")),
                    entry.getString("actor"),
                    entry.getString("code"),
                    entry.getString("subject"),
                    entry.getString("detail"));
        }
        screen.print(table.lines());
        if (entries.size() == limit) {
            Long last = entries.getJsonObject(limit - 1).getLong("id");
            screen.print("There may be more: --before " + last);
        }
        return 0;
    }
}
