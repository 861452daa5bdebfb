package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which authorities there are, and how far a roll-over has come. */
@Command(
        name = "show",
        description = "Shows the authorities that agents trust, and how far a roll-over has come.",
        footer = {
            "",
            "Examples:",
            "  fairlead authority show",
            "  fairlead authority show --out to-sign     writes what a root has to sign into a folder"
        })
final class AuthorityShowCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Option(names = "--out", paramLabel = "DIR", description = "Writes NAME.tbs for each thing to be signed there.")
    private @Nullable Path out;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    AuthorityShowCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        new AuthorityAnswer(screen, server.call("authority.show", new JsonObject())).print(json, out);
        return 0;
    }
}
