package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a certificate away from an account. */
@Command(
        name = "remove",
        description = "Takes no further request with a client certificate, on connections that are open neither.",
        footer = {"", "Example:", "  fairlead accounts certificate remove erp 3f0a91c2"})
final class CertificateRemoveCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "NAME", description = "Whose; see fairlead accounts.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "SHA-256",
            description = "Which: its first 8 digits or more; see fairlead accounts certificate list NAME.")
    private String fingerprint = "";

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    CertificateRemoveCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call(
                "accounts.certificates.remove",
                new JsonObject().put("name", name).put("certificate", fingerprint));
        screen.print(
                json
                        ? answer.encodePrettily()
                        : TextTable.plain(name + " may no longer call with "
                                + answer.getString("sha256").substring(0, 16) + "."));
        return 0;
    }
}
