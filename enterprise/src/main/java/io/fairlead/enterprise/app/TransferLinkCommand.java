package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives out a file by a link. */
@Command(
        name = "link",
        description = {
            "Prints a link with which a browser fetches a file that has come: once, within ten minutes.",
            "Whoever has the link gets the file."
        },
        footer = {"", "Example:", "  fairlead transfers link 4f21"})
final class TransferLinkCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(paramLabel = "ID", description = "Which one; its first digits are enough.")
    private String id = "";

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    TransferLinkCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call("transfer.link", new JsonObject().put("id", TransferIds.whole(id, server)));
        if (json) {
            screen.print(answer.encodePrettily());
        } else {
            screen.print(answer.getString("link"));
            screen.complain("It works once, until " + screen.moment(answer.getString("notAfter"))
                    + ". Treat it as a password.");
        }
        return CommandLine.ExitCode.OK;
    }
}
