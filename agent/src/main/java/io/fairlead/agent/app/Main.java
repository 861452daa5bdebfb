package io.fairlead.agent.app;

import io.fairlead.agent.kernel.CannotStart;
import io.fairlead.agent.link.LinkException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The agent's entry: {@code java -jar fairlead-agent.jar enrol|run|version}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        SecurityProviders.keepNeeded();
        // Before the first logger is made.
        System.setProperty("java.util.logging.manager", KeptLogging.class.getName());
        System.exit(commandLine(args).execute(args));
    }

    /** For these words, which the caller has it execute. */
    static CommandLine commandLine(String... words) {
        CommandLine line = words.length > 0 && words[0].equals(RunCommand.NAME) ? service() : everything();
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

    private static CommandLine everything() {
        return new CommandLine(new AgentCommand());
    }

    /** The other commands would stay in memory for as long as the agent runs. */
    private static CommandLine service() {
        return new CommandLine(CommandSpec.create().name(AgentCommand.NAME)).addSubcommand(new RunCommand());
    }
}
