package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a one-time link by which a person sets his password. */
@Command(
        name = "link",
        description = {
            "Makes a one-time link by which a person sets his password, and a passkey where he needs one. It is good for a",
            "day, and the one before dies. Whoever has it is that person: hand it over by a way you trust."
        },
        footer = {"", "Examples:", "  fairlead people link anna", "  fairlead people link anna --new-passkey"})
final class PeopleLinkCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(paramLabel = "NAME", description = "Whose.")
    private String person = "";

    @Option(
            names = "--new-passkey",
            description =
                    "His passkeys are lost or stolen: they are removed when the link is used, and a new one is made.")
    private boolean newPasskey;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    PeopleLinkCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call(
                "people.link", new JsonObject().put("person", person).put("newPasskey", newPasskey ? 1 : 0));
        screen.print(
                json
                        ? answer.encodePrettily()
                        : answer.getString("link") + System.lineSeparator() + "Good once, until "
                                + screen.moment(answer.getString("notAfter")) + ".");
        return 0;
    }
}
