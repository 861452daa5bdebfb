package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes a link by which the first administrator makes himself. */
@Command(
        name = "first-administrator",
        description = "Makes a one-time link by which the first administrator makes himself, while nobody can log in.",
        footer = {"", "Example:", "  fairlead first-administrator"})
final class FirstAdministratorCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    FirstAdministratorCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call("first-administrator", new JsonObject());
        screen.print(answer.getString("link") + System.lineSeparator() + "Good once, until "
                + screen.moment(answer.getString("notAfter")) + ".");
        return 0;
    }
}
