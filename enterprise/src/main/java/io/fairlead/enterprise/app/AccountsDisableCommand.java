package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends all that an account may. */
@Command(
        name = "disable",
        description = "Ends all that an account may, at once. Its name stays taken.",
        footer = {"", "Example:", "  fairlead accounts disable erp --reason \"replaced by another\""})
final class AccountsDisableCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "NAME", description = "Which; see fairlead accounts.")
    private String name = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit.")
    private @Nullable String reason;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    AccountsDisableCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call(
                "accounts.disable", new JsonObject().put("name", name).put("reason", reason));
        screen.print(
                json
                        ? answer.encodePrettily()
                        : TextTable.plain(
                                name + (answer.getBoolean("changed") ? " is disabled." : " was disabled before.")));
        return 0;
    }
}
