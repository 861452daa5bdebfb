package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The alarms that are open. */
@Command(
        name = "alarms",
        description = "Lists the open alarms of all devices, the worst first, or those of one.",
        footer = {
            "",
            "Examples:",
            "  fairlead alarms",
            "  fairlead alarms LAB-7 --json",
            "  fairlead alarms ack 12 --text \"lamp ordered\""
        })
final class AlarmsCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(arity = "0..1", paramLabel = "DEVICE", description = "Only those of this device.")
    private @Nullable String device;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    AlarmsCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject arguments = new JsonObject();
        if (device != null) {
            arguments.put("device", device);
        }
        JsonObject answer = server.call("alarms", arguments);
        if (json) {
            screen.print(answer.encodePrettily());
            return 0;
        }
        JsonArray alarms = answer.getJsonArray("alarms");
        if (alarms.isEmpty()) {
            screen.print("No open alarms.");
            return 0;
        }
        TextTable table = new TextTable(
                ">NUMBER", "DEVICE", "ALARM", "SEVERITY", "SINCE", "LAST SEEN", ">TIMES", "ACKNOWLEDGED", "TEXT");
        for (int i = 0; i < alarms.size(); i++) {
            JsonObject alarm = alarms.getJsonObject(i);
            table.row(
                    alarm.getLong("number"),
                    alarm.getString("device"),
                    alarm.getString("code"),
                    alarm.getString("severity"),
                    screen.moment(alarm.getString("since")),
                    screen.age(alarm.getString("lastSeen")),
                    alarm.getLong("count"),
                    alarm.getString("acknowledgedBy", "-"),
                    alarm.getString("text", ""));
        }
        screen.print(table.lines());
        return 0;
    }
}
