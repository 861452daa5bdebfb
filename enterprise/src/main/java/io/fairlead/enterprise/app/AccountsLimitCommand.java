package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says from where an account is taken. */
@Command(
        name = "limit",
        description = {
            "Says from which addresses an account is taken, in place of those until now.",
            "Only an account that is limited so may do what people need a passkey for."
        },
        footer = {
            "",
            "Examples:",
            "  fairlead accounts limit erp --address 10.20.0.0/16 --address 2001:db8::/48",
            "  fairlead accounts limit erp --anywhere"
        })
final class AccountsLimitCommand implements Callable<Integer> {
    private final Screen screen;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "NAME", description = "Which; see fairlead accounts.")
    private String name = "";

    @Option(
            names = "--address",
            paramLabel = "CIDR",
            description = "Only from there: 192.0.2.7, 10.20.0.0/16, 2001:db8::/48. Several times for several.")
    private List<String> addresses = new ArrayList<>();

    @Option(names = "--anywhere", description = "From anywhere.")
    private boolean anywhere;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    AccountsLimitCommand(Screen screen, ServerOption server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() {
        if (anywhere != addresses.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "'limit' needs either --address CIDR or --anywhere");
        }
        JsonObject answer = server.call(
                "accounts.limit", new JsonObject().put("name", name).put("addresses", String.join(",", addresses)));
        String from = anywhere ? "from anywhere" : "from " + String.join(", ", addresses) + " only";
        screen.print(
                json
                        ? answer.encodePrettily()
                        : TextTable.plain(name + (answer.getBoolean("changed") ? " is taken " : " was taken before ")
                                + from + "."));
        return 0;
    }
}
