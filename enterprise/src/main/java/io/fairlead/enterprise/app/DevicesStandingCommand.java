package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says something about a device as a whole; one for each {@link StandingAct}. */
@Command
final class DevicesStandingCommand implements Callable<Integer> {
    private final StandingAct act;
    private final Screen screen;

    @Mixin
    private final ServerOption server;

    @Parameters(paramLabel = "DEVICE", description = "Which device.")
    private String device = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit.")
    private @Nullable String reason;

    @Option(
            names = {"-y", "--yes"},
            description = "Does not ask first.")
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

    /** Who cannot type has --yes: at the end of input nothing is done. */
    private boolean agreed() {
        screen.complain(String.join(" ", act.description()));
        screen.complain("Type the device's name to go on, or give --yes:");
        try {
            String typed = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return device.equals(typed == null ? "" : typed.strip());
        } catch (IOException unreadable) {
            return false;
        }
    }
}
