package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who may see a device, and why. */
@Command(
        name = "who",
        description = "Says who may see a device, by which role and training, and who would but for a training.",
        footer = {"", "Example:", "  fairlead people who LAB-7"})
final class PeopleWhoCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "DEVICE", description = "Which device.")
    private String device = "";

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    PeopleWhoCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call("people.who", new JsonObject().put("device", device));
        if (json) {
            screen.print(answer.encodePrettily());
            return 0;
        }
        JsonArray people = answer.getJsonArray("people");
        if (people.isEmpty()) {
            screen.print("Nobody but users of the server's own machine.");
            return 0;
        }
        TextTable table = new TextTable(
                "NAME", "DISPLAY NAME", "ORGANISATION", "MAY SEE", "ROLE", "TRAINED UNTIL", "MAY INSTRUCT");
        for (int i = 0; i < people.size(); i++) {
            JsonObject one = people.getJsonObject(i);
            JsonObject see = one.getJsonObject("see");
            JsonObject training =
                    one.getJsonObject("instruct").getJsonObject("training", see.getJsonObject("training"));
            table.row(
                    one.getString("name"),
                    one.getString("displayName"),
                    one.getString("organisation"),
                    may(see),
                    see.getJsonObject("role", new JsonObject()).getString("role"),
                    training == null ? null : screen.moment(training.getString("until")),
                    may(one.getJsonObject("instruct")));
        }
        screen.print(table.lines());
        return 0;
    }

    private static String may(JsonObject reason) {
        return reason.getBoolean("may") ? "yes" : "no: " + reason.getString("text");
    }
}
