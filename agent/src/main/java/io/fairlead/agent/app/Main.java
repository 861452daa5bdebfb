package io.fairlead.agent.app;

import io.fairlead.agent.kernel.CannotStart;
import io.fairlead.agent.link.LinkException;
import java.io.IOException;
import picocli.CommandLine;

/** The agent's entry: {@code java -jar fairlead-agent.jar enrol|run|version}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // Before the first logger is made.
        System.setProperty("java.util.logging.manager", KeptLogging.class.getName());
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new AgentCommand());
        line.setParameterExceptionHandler((e, arguments) -> {
            CommandLine command = e.getCommandLine();
            command.getErr().println(e.getMessage());
            command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            if (e instanceof CannotStart || e instanceof LinkException || e instanceof IOException) {
                command.getErr().println("fairlead-agent: " + e.getMessage());
            } else {
                e.printStackTrace(command.getErr());
            }
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line;
    }
}
