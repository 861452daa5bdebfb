package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes a group. */
@Command(
        name = "delete",
        description = "Deletes a group. Its devices stay as they are.",
        footer = {"", "Example:", "  fairlead groups delete night-shift"})
final class GroupsDeleteCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(paramLabel = "GROUP", description = "Which group.")
    private String group = "";

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    GroupsDeleteCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call("groups.delete", new JsonObject().put("group", group));
        screen.print(json ? answer.encodePrettily() : TextTable.plain("The group " + group + " is gone."));
        return 0;
    }
}
