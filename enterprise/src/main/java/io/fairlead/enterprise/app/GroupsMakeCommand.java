package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a group. */
@Command(
        name = "make",
        description = "Makes a group, without devices. Only whoever made it changes it.",
        footer = {"", "Example:", "  fairlead groups make night-shift --description \"watched at night\""})
final class GroupsMakeCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(paramLabel = "GROUP", description = "Its name: letters, digits and . _ - ; 64 at most.")
    private String group = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
    private String description = "";

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    GroupsMakeCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer =
                server.call("groups.make", new JsonObject().put("group", group).put("description", description));
        screen.print(
                json
                        ? answer.encodePrettily()
                        : TextTable.plain("The group " + group + " is there. Put devices into it: fairlead groups add "
                                + group + " DEVICE …"));
        return 0;
    }
}
