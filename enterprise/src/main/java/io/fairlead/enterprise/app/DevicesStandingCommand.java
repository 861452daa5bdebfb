package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.io.Console;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says something about a device as a whole; one for each {@link StandingAct}. */
@Command
final class DevicesStandingCommand implements Callable<Integer> {
    private final StandingAct act;
    private final Screen screen;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final ServerOption server;

    @Parameters(paramLabel = "DEVICE", description = "Which device.")
    private String device = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit.")
    private @Nullable String reason;

    @Option(
            names = {"-y", "--yes"},
            description = "Does not ask first. Needed where no terminal can be asked.")
    private boolean yes;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    private DevicesStandingCommand(StandingAct act, Screen screen, ServerOption server) {
        this.act = act;
        this.screen = screen;
        this.server = server;
    }

    /** As a command of its own name. */
    static CommandLine of(StandingAct act, Screen screen, ServerOption server) {
        CommandLine line = new CommandLine(new DevicesStandingCommand(act, screen, server));
        line.getCommandSpec().name(act.verb());
        line.getCommandSpec()
                .usageMessage()
                .description(act.description())
                .footer("", "Example:", "  fairlead devices " + act.verb() + " LAB-7 --reason \"ticket 4711\"");
        return line;
    }

    @Override
    public Integer call() {
        if (act.grave() && !yes && !agreed()) {
            screen.complain("Nothing was done.");
            return CommandLine.ExitCode.SOFTWARE;
        }
        JsonObject answer = server.call(
                "devices." + act.verb(), new JsonObject().put("device", device).put("reason", reason));
        screen.print(json ? answer.encodePrettily() : TextTable.plain(act.said(device, answer.getBoolean("changed"))));
        return CommandLine.ExitCode.OK;
    }

    private boolean agreed() {
        Console console = System.console();
        if (console == null) {
            throw new ParameterException(
                    spec.commandLine(), "'" + act.verb() + "' cannot be taken back: without a terminal it needs --yes");
        }
        String typed = console.readLine("%s%nType the device's name to go on: ", String.join(" ", act.description()));
        return device.equals(typed == null ? "" : typed.strip());
    }
}
