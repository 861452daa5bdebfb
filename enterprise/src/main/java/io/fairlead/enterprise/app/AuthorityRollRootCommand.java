package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Begins a roll-over. */
@Command(
        name = "roll-root",
        description = {
            "Makes a new root and issuers under it, and announces them to agents by the word of the present root.",
            "They do not issue before `fairlead authority switch`."
        },
        footer = {
            "",
            "Where the key of the present root is kept elsewhere, what it has to sign is written to files.",
            "",
            "Examples:",
            "  fairlead authority roll-root",
            "  fairlead authority roll-root --out /media/stick/to-sign"
        })
final class AuthorityRollRootCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where what is to be signed goes. Default: " + AuthorityAnswer.FOLDER + ".")
    private Path out = Path.of(AuthorityAnswer.FOLDER);

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    AuthorityRollRootCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        new AuthorityAnswer(screen, server.call("authority.roll-root", new JsonObject())).print(json, out);
        return 0;
    }
}
