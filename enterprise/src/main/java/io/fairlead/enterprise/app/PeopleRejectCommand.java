package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a proposal without effect. */
@Command(
        name = "reject",
        description = "Ends a proposal without effect.",
        footer = {"", "Example:", "  fairlead people reject 12 --reason \"not needed\""})
final class PeopleRejectCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "NUMBER", description = "Which; see fairlead people proposals.")
    private long number;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit.")
    private @Nullable String reason;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    PeopleRejectCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer =
                server.call("people.reject", new JsonObject().put("id", number).put("reason", reason));
        screen.print(json ? answer.encodePrettily() : "Proposal " + number + " is rejected.");
        return 0;
    }
}
