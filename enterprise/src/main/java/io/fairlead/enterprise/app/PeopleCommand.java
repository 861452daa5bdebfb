package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The people. */
@Command(
        name = "people",
        description = {
            "Lists who may log in here, in order of name, and what they may.",
            "Whoever works on this machine may do all of this; people do it in the console by their roles."
        },
        footer = {
            "",
            "Examples:",
            "  fairlead people",
            "  fairlead people list --search mary",
            "  fairlead people add anna --display-name \"Anna Berg\" --organisation \"Example Service\"",
            "  fairlead people grant anna service-engineer --region eu",
            "  fairlead people train anna \"AU480\" --until 2027-11-30 --evidence \"course 4711\""
        })
final class PeopleCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Option(
            names = "--search",
            paramLabel = "TEXT",
            description = "Only where this stands in name, organisation or customer.")
    private String search = "";

    @Option(names = "--after", paramLabel = "NAME", description = "The page after this name.")
    private @Nullable String after;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 1000; 100 unless given.")
    private int limit = 100;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    PeopleCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call(
                "people",
                new JsonObject().put("search", search).put("after", after).put("limit", limit));
        if (json) {
            screen.print(answer.encodePrettily());
            return 0;
        }
        JsonArray people = answer.getJsonArray("people");
        if (people.isEmpty()) {
            screen.print("Nobody. `fairlead people add` makes the first.");
            return 0;
        }
        TextTable table =
                new TextTable("NAME", "DISPLAY NAME", "ORGANISATION", "CUSTOMER", "ROLES", "TRAINING UNTIL", "STATE");
        for (int i = 0; i < people.size(); i++) {
            JsonObject one = people.getJsonObject(i);
            table.row(
                    one.getString("name"),
                    one.getString("displayName"),
                    one.getString("organisation"),
                    one.getString("customer"),
                    one.getJsonArray("roles").isEmpty()
                            ? null
                            : one.getJsonArray("roles").stream()
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(", ")),
                    screen.moment(one.getString("trainingEnds")),
                    state(one));
        }
        screen.print(table.lines());
        if (people.size() == limit) {
            screen.print("More: fairlead people --after "
                    + people.getJsonObject(limit - 1).getString("name"));
        }
        return 0;
    }

    private static String state(JsonObject one) {
        int waiting = one.getInteger("waiting");
        return (one.getBoolean("disabled") ? "disabled" : "active")
                + (waiting == 0 ? "" : ", " + waiting + (waiting == 1 ? " proposal waits" : " proposals wait"));
    }
}
