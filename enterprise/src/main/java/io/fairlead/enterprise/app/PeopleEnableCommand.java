package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a disabled person come back. */
@Command(
        name = "enable",
        description = {
            "Lets a disabled person do again what his roles say.",
            "That widens his rights: it waits for a second person once there is one."
        },
        footer = {"", "Example:", "  fairlead people enable anna"})
final class PeopleEnableCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "NAME", description = "Who: the name that he logs in with.")
    private String name = "";

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    PeopleEnableCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call("people.enable", new JsonObject().put("name", name));
        WidenedAnswer.show(screen, json, answer, name + " may log in again.");
        return 0;
    }
}
