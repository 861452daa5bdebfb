package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
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

/** The instructions of a device. */
@Command(
        name = "instructions",
        description = "Lists the instructions of a device, the newest first.",
        footer = {"", "Examples:", "  fairlead instructions LAB-7", "  fairlead instructions cancel LAB-7 12"})
final class InstructionsCommand implements Callable<Integer> {
    private final Screen screen;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final ServerOption server;

    @Parameters(arity = "0..1", paramLabel = "DEVICE", description = "Which device.")
    private @Nullable String device;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 1000; 50 unless given.")
    private int limit = 50;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    InstructionsCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        if (device == null) {
            throw new ParameterException(spec.commandLine(), "Which device?");
        }
        JsonObject answer = server.call(
                "instructions", new JsonObject().put("device", device).put("limit", limit));
        JsonArray list = answer.getJsonArray("instructions");
        if (json) {
            screen.print(answer.encodePrettily());
        } else if (list.isEmpty()) {
            screen.print("No instructions yet.");
        } else {
            screen.print(table(list).lines());
        }
        return 0;
    }

    private TextTable table(JsonArray list) {
        TextTable table = new TextTable(">NUMBER", "WHAT", "STATE", "BY", "CREATED", "VALID UNTIL", "DETAIL");
        for (int i = 0; i < list.size(); i++) {
            JsonObject one = list.getJsonObject(i);
            table.row(
                    one.getLong("number"),
                    one.getString("what"),
                    one.getString("state"),
                    one.getString("createdBy"),
                    screen.moment(one.getString("createdAt")),
                    screen.moment(one.getString("notAfter")),
                    one.getString("detail", "").lines().findFirst().orElse(""));
        }
        return table;
    }
}
