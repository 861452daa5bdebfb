package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How the notifications of an account were delivered. */
@Command(
        name = "deliveries",
        description = {
            "Lists what an account subscribed to, and under each subscription the last tries to deliver, the newest first.",
            "Of the last seven days, 50 that were taken and 50 that were not."
        },
        footer = {"", "Example:", "  fairlead notifications deliveries erp"})
final class DeliveriesCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "NAME", description = "Of which account; see fairlead accounts.")
    private String name = "";

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    DeliveriesCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call("notifications.deliveries", new JsonObject().put("name", name));
        List<JsonObject> subscriptions = objects(answer.getJsonArray("subscriptions"));
        if (json) {
            screen.print(answer.encodePrettily());
        } else if (subscriptions.isEmpty()) {
            screen.print("It has subscribed to nothing.");
        } else {
            boolean first = true;
            for (JsonObject one : subscriptions) {
                if (!first) {
                    screen.print("");
                }
                first = false;
                show(one);
            }
        }
        return 0;
    }

    private void show(JsonObject one) {
        screen.print(TextTable.plain("Subscription " + one.getString("id") + " to " + one.getString("endpoint")));
        String next = one.getString("nextTry");
        screen.print(TextTable.plain(
                words(one.getJsonArray("kinds")) + "; " + one.getString("state") + ", " + one.getLong("taken")
                        + " taken, " + one.getLong("waiting") + " waiting"
                        + (next == null ? "" : ", next try " + screen.moment(next))));
        List<JsonObject> deliveries = objects(one.getJsonArray("deliveries"));
        if (deliveries.isEmpty()) {
            screen.print("Nothing was sent in the last seven days.");
            return;
        }
        TextTable table = new TextTable("TIME", "EVENTS", "NUMBERS", ">STATUS", "RESULT", ">TRY", "NEXT TRY");
        deliveries.forEach(attempt -> table.row(
                screen.moment(attempt.getString("at")),
                words(attempt.getJsonArray("kinds")),
                numbers(attempt.getInteger("notifications"), attempt.getLong("first"), attempt.getLong("last")),
                attempt.getValue("status"),
                attempt.getBoolean("taken") ? "taken" : attempt.getString("why"),
                attempt.getInteger("tries"),
                screen.moment(attempt.getString("nextTry"))));
        screen.print(table.lines());
    }

    private static String numbers(int count, long first, long last) {
        return count == 0 ? "" : first == last ? "" + first : first + " to " + last;
    }

    private static String words(JsonArray kinds) {
        return kinds.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }
}
