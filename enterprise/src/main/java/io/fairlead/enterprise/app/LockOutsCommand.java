package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Addresses from which too many log-ins have failed. */
@Command(
        name = "lockouts",
        description = "Lists addresses and browsers that are blocked, since ten log-ins have failed there.",
        footer = {"", "Examples:", "  fairlead lockouts", "  fairlead lockouts unblock address:192.0.2.7"})
final class LockOutsCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    LockOutsCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call("lockouts", new JsonObject());
        if (json) {
            screen.print(answer.encodePrettily());
            return 0;
        }
        JsonArray blocked = answer.getJsonArray("blocked");
        if (blocked.isEmpty()) {
            screen.print("Nothing is blocked.");
        }
        blocked.stream()
                .map(JsonObject.class::cast)
                .forEach(one -> screen.print(TextTable.plain(one.getString("counter")) + "  until "
                        + screen.moment(one.getString("until")) + " unless it tries again"));
        return 0;
    }
}
