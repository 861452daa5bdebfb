package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a role from a person, at once. */
@Command(
        name = "withdraw",
        description = "Takes a role from a person, at once.",
        footer = {"", "Example:", "  fairlead people withdraw anna 12 --reason \"moved to sales\""})
final class PeopleWithdrawCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "NAME", description = "Who: the name that he logs in with.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "NUMBER", description = "The role's number; see fairlead people show.")
    private long number;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit.")
    private @Nullable String reason;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    PeopleWithdrawCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call(
                "people.withdraw",
                new JsonObject().put("name", name).put("id", number).put("reason", reason));
        screen.print(json ? answer.encodePrettily() : TextTable.plain(name + " no longer has role " + number + "."));
        return 0;
    }
}
