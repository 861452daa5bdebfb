package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a proposal into effect. */
@Command(
        name = "approve",
        description = {
            "Puts a proposal into effect.",
            "Users of this machine count as one person together, so what one of them proposed, somebody approves of in the console."
        },
        footer = {"", "Example:", "  fairlead people approve 12"})
final class PeopleApproveCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "NUMBER", description = "Which; see fairlead people proposals.")
    private long number;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    PeopleApproveCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call("people.approve", new JsonObject().put("id", number));
        screen.print(json ? answer.encodePrettily() : "Proposal " + number + " is in effect.");
        return 0;
    }
}
