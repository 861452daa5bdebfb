package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An account's certificates. */
@Command(
        name = "list",
        description = "Lists the client certificates with which an account may call, also those that have ended.",
        footer = {"", "Example:", "  fairlead accounts certificate list erp"})
final class CertificateListCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "NAME", description = "Which account; see fairlead accounts.")
    private String name = "";

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    CertificateListCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call("accounts.certificates", new JsonObject().put("name", name));
        JsonArray certificates = answer.getJsonArray("certificates");
        if (json) {
            screen.print(answer.encodePrettily());
        } else if (certificates.isEmpty()) {
            screen.print("None. `fairlead accounts certificate add` takes the first.");
        } else {
            TextTable table = new TextTable("SHA-256", "SUBJECT", "KEY", "FROM", "UNTIL", "ADDED BY", "LAST USED");
            for (int i = 0; i < certificates.size(); i++) {
                JsonObject one = certificates.getJsonObject(i);
                table.row(
                        one.getString("sha256").substring(0, 16),
                        one.getString("subject"),
                        one.getString("key"),
                        screen.moment(one.getString("notBefore")),
                        screen.moment(one.getString("notAfter")),
                        one.getString("addedBy"),
                        screen.age(one.getString("usedAt")));
            }
            screen.print(table.lines());
        }
        return 0;
    }
}
