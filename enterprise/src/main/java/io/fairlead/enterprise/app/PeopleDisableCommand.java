package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends all that a person may. */
@Command(
        name = "disable",
        description = "Ends all that a person may, at once: his sessions and links end with it. His record stays.",
        footer = {"", "Example:", "  fairlead people disable anna --reason \"left\""})
final class PeopleDisableCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "NAME", description = "Who: the name that he logs in with.")
    private String name = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit.")
    private @Nullable String reason;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    PeopleDisableCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer =
                server.call("people.disable", new JsonObject().put("name", name).put("reason", reason));
        screen.print(
                json
                        ? answer.encodePrettily()
                        : TextTable.plain(name
                                + (answer.getBoolean("changed")
                                        ? " is disabled; every session of his is over."
                                        : " was disabled before.")));
        return 0;
    }
}
