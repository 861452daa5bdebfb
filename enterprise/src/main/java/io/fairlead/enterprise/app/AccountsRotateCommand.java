package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes another password for an account. */
@Command(
        name = "rotate",
        description = {
            "Makes another password for an account, and shows it, once. The one until now is taken for a week longer, so",
            "that the other system can be changed in peace; `fairlead accounts` says when each was last used."
        },
        footer = {
            "",
            "Examples:",
            "  fairlead accounts rotate erp",
            "  fairlead accounts rotate erp --overlap 0    at once: somebody knows the password who should not"
        })
final class AccountsRotateCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "NAME", description = "Which; see fairlead accounts.")
    private String name = "";

    @Option(
            names = "--overlap",
            paramLabel = "DAYS",
            description = "How long the one until now is taken, 0 to 90 days; 7 unless given.")
    private int overlap = 7;

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "How long the new one is taken, 1 to 1095 days; 365 unless given.")
    private int days = 365;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    AccountsRotateCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject made = server.call(
                "accounts.rotate",
                new JsonObject().put("name", name).put("overlap", overlap).put("days", days));
        if (json) {
            screen.print(made.encodePrettily());
        } else {
            MadePassword.show(screen, made);
        }
        return 0;
    }
}
