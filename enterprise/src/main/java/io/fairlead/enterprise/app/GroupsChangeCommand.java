package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Renames a group, or says anew what it is for. */
@Command(
        name = "change",
        description = "Gives a group another name or another description. Its devices stay in it.",
        footer = {
            "",
            "Examples:",
            "  fairlead groups change night-shift --name nights",
            "  fairlead groups change nights --description \"watched at night\""
        })
final class GroupsChangeCommand implements Callable<Integer> {
    private final Screen screen;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final ServerOption server;

    @Parameters(paramLabel = "GROUP", description = "Which group.")
    private String group = "";

    @Option(names = "--name", paramLabel = "NAME", description = "Its name from now on.")
    private @Nullable String name;

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is for; may be empty.")
    private @Nullable String description;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    GroupsChangeCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        if (name == null && description == null) {
            throw new ParameterException(spec.commandLine(), "Change what? --name or --description says it.");
        }
        JsonObject asked = new JsonObject().put("group", group);
        if (name != null) {
            asked.put("name", name);
        }
        if (description != null) {
            asked.put("description", description);
        }
        JsonObject answer = server.call("groups.change", asked);
        screen.print(
                json
                        ? answer.encodePrettily()
                        : TextTable.plain("The group is changed: " + answer.getString("group") + "."));
        return 0;
    }
}
