package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts devices into a group, or takes them out: one after the other, up to the first that is refused. */
@Command
final class GroupsDevicesCommand implements Callable<Integer> {
    private final boolean adds;
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "GROUP", description = "Which group.")
    private String group = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "DEVICE", description = "Which devices.")
    private List<String> devices = List.of();

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    private GroupsDevicesCommand(boolean adds, Screen screen, ServerOption server) {
        this.adds = adds;
        this.screen = screen;
        this.server = server;
    }

    static CommandLine add(Screen screen, ServerOption server) {
        return of(
                new GroupsDevicesCommand(true, screen, server),
                "add",
                "Puts devices into a group; one that is in it stays.");
    }

    static CommandLine remove(Screen screen, ServerOption server) {
        return of(
                new GroupsDevicesCommand(false, screen, server),
                "remove",
                "Takes devices out of a group; one that is not in it is no error.");
    }

    private static CommandLine of(GroupsDevicesCommand command, String verb, String description) {
        CommandLine line = new CommandLine(command);
        line.getCommandSpec().name(verb);
        line.getCommandSpec()
                .usageMessage()
                .description(description, "What was done before one that is refused stays done.")
                .footer("", "Example:", "  fairlead groups " + verb + " night-shift LAB-7 LAB-8");
        return line;
    }

    @Override
    public Integer call() {
        for (String device : devices) {
            JsonObject unused = server.call(
                    adds ? "groups.add" : "groups.remove",
                    new JsonObject().put("group", group).put("device", device));
        }
        screen.print(
                json
                        ? new JsonObject()
                                .put("group", group)
                                .put("devices", new JsonArray(devices))
                                .encodePrettily()
                        : TextTable.plain(String.join(", ", devices) + (devices.size() == 1 ? " is " : " are ")
                                + (adds ? "in " : "no longer in ") + group + "."));
        return 0;
    }
}
