package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The new authorities begin to issue. */
@Command(
        name = "switch",
        description = {
            "From now on the new authorities issue: listeners change at once, and agents are asked to renew.",
            "Refused while an active device has not confirmed them, unless exactly these devices are given up."
        },
        footer = {
            "",
            "A device that is given up has to be enrolled anew.",
            "",
            "Examples:",
            "  fairlead authority switch",
            "  fairlead authority switch --lose LAB-7,LAB-9"
        })
final class AuthoritySwitchCommand implements Callable<Integer> {
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

    AuthoritySwitchCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call("authority.switch", new JsonObject().put("lose", lose));
        new AuthorityAnswer(screen, answer).print(json, Path.of(AuthorityAnswer.FOLDER));
        return 0;
    }
}
