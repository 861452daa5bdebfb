package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
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

/** Does something about one alarm; one for each {@link AlarmDeed}. */
@Command
final class AlarmsDeedCommand implements Callable<Integer> {
    private final AlarmDeed deed;
    private final Screen screen;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final ServerOption server;

    @Parameters(paramLabel = "NUMBER", description = "The alarm's number; see fairlead alarms.")
    private long number;

    @Option(names = "--text", paramLabel = "TEXT", description = "What to write down for others.")
    private @Nullable String text;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    private AlarmsDeedCommand(AlarmDeed deed, Screen screen, ServerOption server) {
        this.deed = deed;
        this.screen = screen;
        this.server = server;
    }

    /** As a command of its own name. */
    static CommandLine of(AlarmDeed deed, Screen screen, ServerOption server) {
        CommandLine line = new CommandLine(new AlarmsDeedCommand(deed, screen, server));
        line.getCommandSpec().name(deed.verb());
        line.getCommandSpec()
                .usageMessage()
                .description(deed.description())
                .footer("", "Example:", "  fairlead alarms " + deed.verb() + " 12 --text \"lamp ordered\"");
        return line;
    }

    @Override
    public Integer call() {
        if (deed != AlarmDeed.ACK && text == null) {
            throw new ParameterException(spec.commandLine(), "'" + deed.verb() + "' needs --text TEXT");
        }
        JsonObject answer = server.call(
                "alarms." + deed.verb(), new JsonObject().put("number", number).put("comment", text));
        screen.print(json ? answer.encodePrettily() : TextTable.plain(deed.said(answer)));
        return CommandLine.ExitCode.OK;
    }
}
