package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes the signatures of a root whose key is kept elsewhere. */
@Command(
        name = "sign",
        description = {
            "Takes the signatures that the root's key made elsewhere, from files NAME.sig beside NAME.tbs.",
            "New issuers take two rounds: first their certificates are signed, then the statement that announces them."
        },
        footer = {
            "",
            "Where the key is:",
            "  for f in *.tbs; do openssl dgst -sha256 -sign root.key -out \"${f%.tbs}.sig\" \"$f\"; done",
            "",
            "Example:",
            "  fairlead authority sign --in /media/stick/to-sign"
        })
final class AuthoritySignCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Option(
            names = "--in",
            paramLabel = "DIR",
            description = "Where the signatures lie, and what is to be signed next goes. Default: "
                    + AuthorityAnswer.FOLDER + ".")
    private Path in = Path.of(AuthorityAnswer.FOLDER);

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    AuthoritySignCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject wanted = server.call("authority.show", new JsonObject()).getJsonObject("toSign");
        if (wanted == null) {
            throw new Unable("Nothing waits for a signature. `fairlead authority show` says how things stand.");
        }
        List<String> signatures = new ArrayList<>();
        for (String name : new TreeSet<>(wanted.fieldNames())) {
            signatures.add(name + "=" + Base64.getEncoder().encodeToString(signature(name)));
        }
        JsonObject answer =
                server.call("authority.sign", new JsonObject().put("signatures", String.join(" ", signatures)));
        new AuthorityAnswer(screen, answer).print(json, in);
        return 0;
    }

    private byte[] signature(String name) {
        Path file = in.resolve(name + ".sig");
        try {
            return Files.readAllBytes(file);
        } catch (IOException missing) {
            throw new Unable("The signature of " + name + " cannot be read from " + file
                    + ". Where the root's key is: openssl dgst -sha256 -sign root.key -out " + name + ".sig " + name
                    + ".tbs");
        }
    }
}
