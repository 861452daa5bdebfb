package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Decides which holder of an identity is the device. */
@Command(
        name = "keep",
        description = {
            "Lets one holder of a held identity go on where it was; it gets a new key at its next poll.",
            "The others are turned away for good. Each is a PC of its own and needs a name of its own: `fairlead enrol NAME`,",
            "and at that PC `fairlead-agent enrol - --new-device`, which sets aside what it has of this device. A code of this",
            "device would end the kept holder's enrolment instead."
        },
        footer = {"", "Example:", "  fairlead clones keep LAB-7 1 --reason \"the PC in room 12\""})
final class ClonesKeepCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "DEVICE", description = "Which device.")
    private String device = "";

    @Parameters(index = "1", paramLabel = "HOLDER", description = "The number that `fairlead clones` shows.")
    private int holder;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit.")
    private @Nullable String reason;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    ClonesKeepCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call(
                "clones.keep",
                new JsonObject().put("device", device).put("holder", holder).put("reason", reason));
        if (json) {
            screen.print(answer.encodePrettily());
            return 0;
        }
        screen.print(TextTable.plain("Holder " + holder + " of " + device
                + " goes on at its next poll, within a minute or so; the others are turned away."));
        screen.print(
                "Each of the others becomes a device of its own: fairlead enrol NAME, with a name that is new; then at that"
                        + " PC stop the agent and run fairlead-agent enrol - --new-device.");
        screen.print(TextTable.plain(
                "Give none of them a code of " + device + ": that would end the enrolment of the one you kept."));
        return 0;
    }
}
