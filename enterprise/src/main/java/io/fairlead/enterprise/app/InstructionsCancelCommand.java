package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes an instruction back. */
@Command(
        name = "cancel",
        description = "Takes an instruction back that its agent does not have yet.",
        footer = {"", "Example:", "  fairlead instructions cancel LAB-7 12 --reason \"wrong device\""})
final class InstructionsCancelCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "DEVICE", description = "Which device.")
    private String device = "";

    @Parameters(index = "1", paramLabel = "NUMBER", description = "The instruction's number.")
    private long number;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit.")
    private @Nullable String reason;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    InstructionsCancelCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call(
                "instructions.cancel",
                new JsonObject().put("device", device).put("number", number).put("reason", reason));
        screen.print(
                json
                        ? answer.encodePrettily()
                        : TextTable.plain("Instruction " + number + " of " + device + " is cancelled."));
        return 0;
    }
}
