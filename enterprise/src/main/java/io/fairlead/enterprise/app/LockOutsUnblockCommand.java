package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets a blocked address try again. */
@Command(
        name = "unblock",
        description = "Lets a blocked address or browser try again.",
        footer = {"", "Example:", "  fairlead lockouts unblock address:192.0.2.7"})
final class LockOutsUnblockCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(paramLabel = "COUNTER", description = "As `fairlead lockouts` names it.")
    private String counter = "";

    LockOutsUnblockCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call("lockouts.unblock", new JsonObject().put("counter", counter));
        screen.print(TextTable.plain(answer.getString("unblocked")) + " may try again.");
        return 0;
    }
}
