package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Remote sessions. */
@Command(
        name = "sessions",
        description = "Lists remote sessions: those that are asked for or open, then the newest that are over.",
        footer = {
            "",
            "Examples:",
            "  fairlead sessions",
            "  fairlead sessions --device LAB-7 --json",
            "  fairlead sessions request LAB-7 desktop:view --reason \"ticket 4711\" --wait",
            "  fairlead sessions end 4f21"
        })
final class SessionsCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Option(names = "--device", paramLabel = "DEVICE", description = "Only those of this device.")
    private @Nullable String device;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 1000; 50 unless given.")
    private int limit = 50;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    SessionsCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject arguments = new JsonObject().put("limit", limit);
        if (device != null) {
            arguments.put("device", device);
        }
        JsonObject answer = server.call("sessions", arguments);
        if (json) {
            screen.print(answer.encodePrettily());
        } else {
            list(answer.getJsonArray("sessions"));
        }
        return CommandLine.ExitCode.OK;
    }

    private void list(JsonArray sessions) {
        if (sessions.isEmpty()) {
            screen.print("No sessions. Ask for one: fairlead sessions request DEVICE SERVICE --reason TEXT");
            return;
        }
        TextTable table = new TextTable("ID", "DEVICE", "SERVICES", "BY", "REQUESTED", "UNTIL", "STATE", "WHY");
        for (int i = 0; i < sessions.size(); i++) {
            JsonObject one = sessions.getJsonObject(i);
            table.row(
                    one.getString("id"),
                    one.getString("device"),
                    services(one),
                    one.getString("requestedBy"),
                    screen.moment(one.getString("requestedAt")),
                    screen.moment(one.getString("until")),
                    one.getString("state"),
                    why(one));
        }
        screen.print(table.lines());
    }

    private static String services(JsonObject one) {
        return one.getJsonArray("granted", one.getJsonArray("services")).stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }

    /** Why it is over, if anybody said. */
    static @Nullable String why(JsonObject one) {
        String cause = one.getString("causeInWords");
        String detail = one.getString("detail", "");
        if (cause == null) {
            return detail.isEmpty() ? null : detail;
        }
        return detail.isEmpty() ? cause : cause + ": " + detail;
    }
}
