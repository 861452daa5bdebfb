package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Named sets of devices. */
@Command(
        name = "groups",
        description = {
            "Lists the groups that you made, and those of which you may see a device.",
            "A group gives nobody a right; whoever made it changes it."
        },
        footer = {
            "",
            "Examples:",
            "  fairlead groups",
            "  fairlead groups make night-shift --description \"watched at night\"",
            "  fairlead groups add night-shift LAB-7 LAB-8",
            "  fairlead devices --group night-shift"
        })
final class GroupsCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    GroupsCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call("groups", new JsonObject());
        JsonArray groups = answer.getJsonArray("groups");
        if (json) {
            screen.print(answer.encodePrettily());
        } else if (groups.isEmpty()) {
            screen.print("No groups yet. Make one: fairlead groups make NAME");
        } else {
            TextTable table = new TextTable("GROUP", ">DEVICES", "DESCRIPTION", "MADE", "MADE BY");
            for (int i = 0; i < groups.size(); i++) {
                JsonObject one = groups.getJsonObject(i);
                table.row(
                        one.getString("group"),
                        one.getInteger("devices"),
                        one.getString("description"),
                        screen.age(one.getString("createdAt")),
                        one.getString("createdBy"));
            }
            screen.print(table.lines());
        }
        return 0;
    }
}
