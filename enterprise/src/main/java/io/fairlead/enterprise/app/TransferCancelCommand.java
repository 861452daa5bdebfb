package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a transfer. */
@Command(
        name = "cancel",
        description = "Ends a transfer at once: not one more byte is taken or given, and the device is told.",
        footer = {"", "Example:", "  fairlead transfers cancel 4f21"})
final class TransferCancelCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(paramLabel = "ID", description = "Which one; its first digits are enough.")
    private String id = "";

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    TransferCancelCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject ended = server.call("transfer.cancel", new JsonObject().put("id", TransferIds.whole(id, server)));
        screen.print(json ? ended.encodePrettily() : "Transfer " + ended.getString("id") + ": CANCELLED");
        return CommandLine.ExitCode.OK;
    }
}
