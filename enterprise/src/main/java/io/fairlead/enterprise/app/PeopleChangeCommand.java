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

/** Says how a person is called. */
@Command(
        name = "change",
        description = "Changes how a person is called. His name and his customer stay.",
        footer = {"", "Example:", "  fairlead people change anna --display-name \"Anna Lind\""})
final class PeopleChangeCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "NAME", description = "Who: the name that he logs in with.")
    private String name = "";

    @Option(names = "--display-name", paramLabel = "TEXT", description = "As people at instruments read it.")
    private @Nullable String displayName;

    @Option(names = "--organisation", paramLabel = "TEXT", description = "Where he works.")
    private @Nullable String organisation;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    PeopleChangeCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        if (displayName == null && organisation == null) {
            throw new ParameterException(spec.commandLine(), "Give --display-name, --organisation or both.");
        }
        JsonObject answer = server.call(
                "people.change",
                new JsonObject()
                        .put("name", name)
                        .put("displayName", displayName)
                        .put("organisation", organisation));
        screen.print(
                json
                        ? answer.encodePrettily()
                        : TextTable.plain(name + " is now " + answer.getString("displayName") + ", "
                                + answer.getString("organisation") + "."));
        return 0;
    }
}
