package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Does something about one account; one for each {@link AccountDeed}. */
@Command
final class AccountsDeedCommand implements Callable<Integer> {
    private final AccountDeed deed;
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(index = "0", paramLabel = "NAME", description = "Which; see fairlead accounts.")
    private String name = "";

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    private AccountsDeedCommand(AccountDeed deed, Screen screen, ServerOption server) {
        this.deed = deed;
        this.screen = screen;
        this.server = server;
    }

    /** As a command of its own name. */
    static CommandLine of(AccountDeed deed, Screen screen, ServerOption server) {
        CommandLine line = new CommandLine(new AccountsDeedCommand(deed, screen, server));
        line.getCommandSpec().name(deed.verb());
        line.getCommandSpec()
                .usageMessage()
                .description(deed.description())
                .footer("", "Example:", "  fairlead accounts " + deed.verb() + " erp");
        return line;
    }

    @Override
    public Integer call() {
        JsonObject answer = server.call("accounts." + deed.verb(), new JsonObject().put("name", name));
        if (deed == AccountDeed.ENABLE) {
            WidenedAnswer.show(screen, json, answer, name + " is taken again.");
        } else {
            screen.print(json ? answer.encodePrettily() : TextTable.plain(said(answer)));
        }
        return CommandLine.ExitCode.OK;
    }

    private String said(JsonObject answer) {
        return answer.getInteger("forgotten") == 0
                ? name + " has no other password than the newest."
                : name + " is taken with its newest password only.";
    }
}
