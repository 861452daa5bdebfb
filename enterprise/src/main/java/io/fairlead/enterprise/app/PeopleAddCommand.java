package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a person. */
@Command(
        name = "add",
        description = {
            "Adds a person, who may nothing until he is granted a role, and who sets his password by a link.",
            "The name is the one that he logs in with; it never changes and is never given to another."
        },
        footer = {
            "",
            "Examples:",
            "  fairlead people add anna --display-name \"Anna Berg\" --organisation \"Example Service\"",
            "  fairlead people add ulla --display-name \"Ulla Lind\" --organisation \"St. Mary\" --customer \"St. Mary\""
        })
final class PeopleAddCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "NAME", description = "Who: the name that he logs in with.")
    private String name = "";

    @Option(
            names = "--display-name",
            paramLabel = "TEXT",
            required = true,
            description = "As people at instruments read it.")
    private String displayName = "";

    @Option(names = "--organisation", paramLabel = "TEXT", required = true, description = "Where he works.")
    private String organisation = "";

    @Option(
            names = "--customer",
            paramLabel = "TEXT",
            description = "The customer whose people he is one of, as devices name it; left away for the vendor's own.")
    private @Nullable String customer;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    PeopleAddCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call(
                "people.add",
                new JsonObject()
                        .put("name", name)
                        .put("displayName", displayName)
                        .put("organisation", organisation)
                        .put("customer", customer));
        screen.print(
                json
                        ? answer.encodePrettily()
                        : TextTable.plain(
                                name + " is added, and may nothing yet: fairlead people grant " + name + " ROLE"));
        return 0;
    }
}
