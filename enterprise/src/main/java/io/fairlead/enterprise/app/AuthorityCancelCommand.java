package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gives up a roll-over. */
@Command(
        name = "cancel",
        description = {
            "Gives up a roll-over before the switch: what waits for a signature is forgotten; what was announced,",
            "agents are told to forget (which a root has to sign as well)."
        },
        footer = {"", "Example:", "  fairlead authority cancel"})
final class AuthorityCancelCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    AuthorityCancelCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        new AuthorityAnswer(screen, server.call("authority.cancel", new JsonObject()))
                .print(json, Path.of(AuthorityAnswer.FOLDER));
        return 0;
    }
}
