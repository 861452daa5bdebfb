package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Agents forget the old authorities. */
@Command(
        name = "retire",
        description = {
            "Has agents forget the old authorities, and destroys the keys of the old issuers.",
            "Refused while an active device needs them, unless exactly these devices are given up."
        },
        footer = {
            "",
            "A device that is given up has to be enrolled anew.",
            "",
            "Examples:",
            "  fairlead authority retire",
            "  fairlead authority retire --lose LAB-7,LAB-9"
        })
final class AuthorityRetireCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Option(
            names = "--lose",
            paramLabel = "DEVICE,…",
            description = "The devices that are given up: all of them, by name.")
    private String lose = "";

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    AuthorityRetireCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call("authority.retire", new JsonObject().put("lose", lose));
        new AuthorityAnswer(screen, answer).print(json, Path.of(AuthorityAnswer.FOLDER));
        return 0;
    }
}
