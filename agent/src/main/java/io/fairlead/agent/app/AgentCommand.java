package io.fairlead.agent.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code agent}: without a command there is nothing to do. */
@Command(
        name = AgentCommand.NAME,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            EnrolCommand.class,
            RunCommand.class,
            QuestionsCommand.class,
            ApproveCommand.class,
            DeclineCommand.class,
            CompanionCommand.class,
            TransfersCommand.class,
            SessionsCommand.class,
            EndCommand.class,
            VerifyReceiptCommand.class,
            StatusCommand.class,
            AuditCommand.class,
            CheckCommand.class,
            ProxyPasswordCommand.class,
            VersionCommand.class
        },
        description =
                "The Fairlead agent: runs beside an instrument, reports to one enterprise server, and does what the"
                        + " customer's site.conf allows.",
        footer = {
            "",
            "Examples:",
            "  agent enrol 'fairlead:1:agents.example:8444:...'   makes this PC a device",
            "  agent run                                          runs until told to stop",
            "  agent questions --watch                            shows what it asks the people at the instrument",
            "  agent companion                                    shows it in a window, on the desktop of who works there",
            "  agent transfers                                    shows the files that are on their way",
            "  agent sessions                                     shows the remote sessions",
            "  agent end                                          ends the remote session, at once",
            "  agent status                                       says how it is",
            "  agent audit --since 7d                             says what was done here",
            "  agent check                                        says what the site's firewalls let through",
            "  agent enrol --help                                 more about a command"
        })
final class AgentCommand implements Runnable {
    static final String NAME = "agent";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "which command? enrol, run, status, check, audit, questions, approve, decline, companion,"
                        + " transfers, sessions, end, verify-receipt, proxy-password or version");
    }
}
