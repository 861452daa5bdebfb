package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What an item has been. */
@Command(
        name = "history",
        description = "Shows what an item of a device has been, the newest first.",
        footer = {
            "",
            "Times: 2026-11-21T12:00:00Z, 2026-11-21T12:00 and 2026-11-21 in this machine's zone, or 90s, 30m, 2h, 7d ago.",
            "",
            "Examples:",
            "  fairlead history LAB-7 pc.cpu",
            "  fairlead history LAB-7 lamp.hours --from 7d --limit 1000 --json"
        })
final class HistoryCommand implements Callable<Integer> {
    private final Screen screen;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "DEVICE", description = "Which device.")
    private String device = "";

    @Parameters(index = "1", paramLabel = "ITEM", description = "Which item; `fairlead devices DEVICE` names them.")
    private String item = "";

    @Option(names = "--from", paramLabel = "TIME", description = "Received at or after this time.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Received before this time.")
    private @Nullable String to;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 10000; 100 unless given.")
    private int limit = 100;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    HistoryCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject arguments =
                new JsonObject().put("device", device).put("item", item).put("limit", limit);
        put(arguments, "from", from);
        put(arguments, "to", to);
        JsonObject answer = server.call("history", arguments);
        if (json) {
            screen.print(answer.encodePrettily());
            return 0;
        }
        JsonArray points = answer.getJsonArray("points");
        if (points.isEmpty()) {
            screen.print("No values of " + item + " in this time. `fairlead devices " + device + "` names its items.");
            return 0;
        }
        String unit = answer.getString("unit", "");
        TextTable table = new TextTable("OBSERVED", ">VALUE", "UNIT", "RECEIVED");
        for (int i = 0; i < points.size(); i++) {
            JsonObject point = points.getJsonObject(i);
            table.row(
                    screen.moment(point.getString("observedAt")),
                    Values.of(point),
                    unit,
                    screen.moment(point.getString("receivedAt")));
        }
        screen.print(table.lines());
        return 0;
    }

    private void put(JsonObject arguments, String name, @Nullable String time) {
        if (time == null) {
            return;
        }
        Clock clock = screen.clock();
        arguments.put(
                name,
                Moments.parse(time, clock)
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(),
                                "--" + name + " " + time
                                        + " is no time: 2026-11-21T12:00:00Z, 2026-11-21T12:00, 2026-11-21, or 2h for two"
                                        + " hours ago"))
                        .toString());
    }
}
