package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Forgets a host. */
@Command(
        name = "remove",
        description =
                "Has nothing be sent to a host any more. What waits for it is kept, 10,000 of a subscription at most.",
        footer = {"", "Example:", "  fairlead notifications hosts remove erp.example"})
final class HostsRemoveCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "HOST", description = "Which; see fairlead notifications hosts.")
    private String host = "";

    @Option(names = "--port", paramLabel = "PORT", description = "443 unless given.")
    private int port = 443;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    HostsRemoveCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call(
                "notifications.hosts.remove", new JsonObject().put("host", host).put("port", port));
        screen.print(
                json
                        ? answer.encodePrettily()
                        : TextTable.plain("Nothing is sent to " + answer.getString("host") + ":"
                                + answer.getInteger("port") + " any more."));
        return 0;
    }
}
