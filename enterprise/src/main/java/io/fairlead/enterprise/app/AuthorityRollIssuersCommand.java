package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Begins a roll-over. */
@Command(
        name = "roll-issuers",
        description = {
            "Makes new issuers of devices, servers and signers under the present root, and announces them to agents.",
            "They do not issue before `fairlead authority switch`."
        },
        footer = {
            "",
            "Where the key of the present root is kept elsewhere, what it has to sign is written to files.",
            "",
            "Examples:",
            "  fairlead authority roll-issuers",
            "  fairlead authority roll-issuers --out /media/stick/to-sign"
        })
final class AuthorityRollIssuersCommand implements Callable<Integer> {
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

    AuthorityRollIssuersCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        new AuthorityAnswer(screen, server.call("authority.roll-issuers", new JsonObject())).print(json, out);
        return 0;
    }
}
