package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a held identity go on without a choice. */
@Command(
        name = "release",
        description = {
            "Lets a held identity go on, whoever of its holders polls first: for a device of which there is only one,",
            "such as a PC that was restored from a backup. When there are two, it is held again."
        },
        footer = {"", "Example:", "  fairlead clones release LAB-7 --reason \"restored from a backup\""})
final class ClonesReleaseCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(paramLabel = "DEVICE", description = "Which device.")
    private String device = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit.")
    private @Nullable String reason;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    ClonesReleaseCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call(
                "clones.release", new JsonObject().put("device", device).put("reason", reason));
        screen.print(json ? answer.encodePrettily() : TextTable.plain(device + " goes on with whoever polls first."));
        return 0;
    }
}
