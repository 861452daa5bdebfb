package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which calls of an account failed. */
@Command(
        name = "failures",
        description = {
            "Lists the last 50 calls of an account that failed, the newest first, and why.",
            "By the correlation the server's log has more."
        },
        footer = {"", "Example:", "  fairlead accounts failures erp"})
final class AccountsFailuresCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "NAME", description = "Which; see fairlead accounts.")
    private String name = "";

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    AccountsFailuresCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call("accounts.failures", new JsonObject().put("name", name));
        JsonArray failures = answer.getJsonArray("failures");
        if (json) {
            screen.print(answer.encodePrettily());
        } else if (failures.isEmpty()) {
            screen.print("None.");
        } else {
            TextTable table = new TextTable("TIME", "SERVICE", "OPERATION", "CODE", "WHY", "ADDRESS", "CORRELATION");
            failures.stream()
                    .map(JsonObject.class::cast)
                    .forEach(one -> table.row(
                            screen.moment(one.getString("at")),
                            one.getString("service"),
                            one.getString("operation"),
                            one.getString("code"),
                            one.getString("why"),
                            one.getString("address"),
                            one.getString("correlation")));
            screen.print(table.lines());
        }
        return 0;
    }
}
