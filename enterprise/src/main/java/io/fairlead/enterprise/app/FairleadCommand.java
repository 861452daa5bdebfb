package io.fairlead.enterprise.app;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The top of the command line; on its own it only says what there is. */
@Command(
        name = "fairlead",
        description = "Remote service for laboratory and medical instruments.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  fairlead devices                      who is there",
            "  fairlead instruct LAB-7 collect       have a device report now",
            "  fairlead instruct LAB-7 upload app.log  have a device send a file",
            "  fairlead transfers                    files on their way, and those that have come",
            "  fairlead history LAB-7 pc.cpu         what an item has been",
            "  fairlead allowlist --format list      what firewalls are told, in which languages",
            "",
            "All but `enterprise run` and `allowlist` are clients of a running server. More: fairlead COMMAND --help",
            "Exit codes: 0 done, 1 refused or failed, 2 wrong usage."
        })
final class FairleadCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Says what this command does, with examples.")
    void help(boolean asked) {
        // Picocli answers it before any command runs.
    }

    /**
     * The whole command line.
     *
     * @param dataFolder the server's data folder where none is named
     */
    static CommandLine commandLine(Screen screen, Path dataFolder, ServerStart server) {
        CommandLine line = new CommandLine(new FairleadCommand())
                .addSubcommand(devices(screen, dataFolder))
                .addSubcommand(groups(screen, dataFolder))
                .addSubcommand(new EnrolCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new InstructCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new HistoryCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(alarms(screen, dataFolder))
                .addSubcommand(new CommandLine(new TransfersCommand(screen, new ServerOption(dataFolder)))
                        .addSubcommand(new TransferCancelCommand(screen, new ServerOption(dataFolder)))
                        .addSubcommand(new TransferSaveCommand(screen, new ServerOption(dataFolder)))
                        .addSubcommand(new TransferLinkCommand(screen, new ServerOption(dataFolder))))
                .addSubcommand(sessions(screen, dataFolder))
                .addSubcommand(new ConnectCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(recordings(screen, dataFolder))
                .addSubcommand(new CommandLine(new InstructionsCommand(screen, new ServerOption(dataFolder)))
                        .addSubcommand(new InstructionsCancelCommand(screen, new ServerOption(dataFolder))))
                .addSubcommand(new CommandLine(new ClonesCommand(screen, new ServerOption(dataFolder)))
                        .addSubcommand(new ClonesKeepCommand(screen, new ServerOption(dataFolder)))
                        .addSubcommand(new ClonesReleaseCommand(screen, new ServerOption(dataFolder))))
                .addSubcommand(new CommandLine(new AuthorityCommand())
                        .addSubcommand(new AuthorityShowCommand(screen, new ServerOption(dataFolder)))
                        .addSubcommand(new AuthorityRollIssuersCommand(screen, new ServerOption(dataFolder)))
                        .addSubcommand(new AuthorityRollRootCommand(screen, new ServerOption(dataFolder)))
                        .addSubcommand(new AuthoritySignCommand(screen, new ServerOption(dataFolder)))
                        .addSubcommand(new AuthoritySwitchCommand(screen, new ServerOption(dataFolder)))
                        .addSubcommand(new AuthorityRetireCommand(screen, new ServerOption(dataFolder)))
                        .addSubcommand(new AuthorityCancelCommand(screen, new ServerOption(dataFolder))))
                .addSubcommand(people(screen, dataFolder))
                .addSubcommand(accounts(screen, dataFolder))
                .addSubcommand(new CommandLine(new NotificationsCommand())
                        .addSubcommand(new DeliveriesCommand(screen, new ServerOption(dataFolder)))
                        .addSubcommand(new CommandLine(new HostsCommand(screen, new ServerOption(dataFolder)))
                                .addSubcommand(new HostsAddCommand(screen, new ServerOption(dataFolder)))
                                .addSubcommand(new HostsRemoveCommand(screen, new ServerOption(dataFolder)))))
                .addSubcommand(new CommandLine(new AuditCommand())
                        .addSubcommand(new AuditListCommand(screen, new ServerOption(dataFolder)))
                        .addSubcommand(new AuditExportCommand(screen, new ServerOption(dataFolder)))
                        .addSubcommand(new AuditCheckpointsCommand(screen, new ServerOption(dataFolder)))
                        .addSubcommand(new AuditVerifyCommand(screen, new DirectOption(dataFolder))))
                .addSubcommand(new CommandLine(new LockOutsCommand(screen, new ServerOption(dataFolder)))
                        .addSubcommand(new LockOutsUnblockCommand(screen, new ServerOption(dataFolder))))
                .addSubcommand(new FirstAdministratorCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new AllowlistCommand(screen))
                .addSubcommand(new LoginCommand(screen))
                .addSubcommand(new LogoutCommand(screen))
                .addSubcommand(new CommandLine(new EnterpriseCommand())
                        .addSubcommand(new RunCommand(server))
                        .addSubcommand(new ForgetPasswordsCommand(screen, new DirectOption(dataFolder))));
        return line.setOut(screen.out())
                .setErr(screen.err())
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new Failures(screen));
    }

    private static CommandLine alarms(Screen screen, Path dataFolder) {
        CommandLine alarms = new CommandLine(new AlarmsCommand(screen, new ServerOption(dataFolder)));
        for (AlarmDeed deed : AlarmDeed.values()) {
            alarms.addSubcommand(deed.verb(), AlarmsDeedCommand.of(deed, screen, new ServerOption(dataFolder)));
        }
        return alarms;
    }

    private static CommandLine recordings(Screen screen, Path dataFolder) {
        CommandLine recordings = new CommandLine(new RecordingsCommand(screen, new ServerOption(dataFolder)));
        recordings.addSubcommand("list", new RecordingsCommand(screen, new ServerOption(dataFolder)));
        return recordings
                .addSubcommand(new RecordingsSaveCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new RecordingsVerifyCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new RecordingsKeepCommand(screen, new ServerOption(dataFolder)));
    }

    private static CommandLine sessions(Screen screen, Path dataFolder) {
        CommandLine sessions = new CommandLine(new SessionsCommand(screen, new ServerOption(dataFolder)));
        sessions.addSubcommand("list", new SessionsCommand(screen, new ServerOption(dataFolder)));
        return sessions.addSubcommand(new SessionsRequestCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new SessionsEndCommand(screen, new ServerOption(dataFolder)));
    }

    private static CommandLine people(Screen screen, Path dataFolder) {
        CommandLine people = new CommandLine(new PeopleCommand(screen, new ServerOption(dataFolder)));
        people.addSubcommand("list", new PeopleCommand(screen, new ServerOption(dataFolder)));
        return people.addSubcommand(new PeopleLinkCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new PeopleShowCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new PeopleAddCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new PeopleChangeCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new PeopleDisableCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new PeopleEnableCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new PeopleGrantCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new PeopleWithdrawCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new PeopleTrainCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new PeopleUntrainCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new PeopleProposalsCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new PeopleApproveCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new PeopleRejectCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new PeopleWhoCommand(screen, new ServerOption(dataFolder)));
    }

    private static CommandLine accounts(Screen screen, Path dataFolder) {
        CommandLine accounts = new CommandLine(new AccountsCommand(screen, new ServerOption(dataFolder)));
        accounts.addSubcommand("list", new AccountsCommand(screen, new ServerOption(dataFolder)));
        accounts.addSubcommand(new AccountsAddCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new AccountsRotateCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new AccountsLimitCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new AccountsDisableCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new AccountsFailuresCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(certificates(screen, dataFolder));
        for (AccountDeed deed : AccountDeed.values()) {
            accounts.addSubcommand(deed.verb(), AccountsDeedCommand.of(deed, screen, new ServerOption(dataFolder)));
        }
        return accounts;
    }

    private static CommandLine certificates(Screen screen, Path dataFolder) {
        return new CommandLine(new AccountsCertificateCommand())
                .addSubcommand(new CertificateAddCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new CertificateListCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new CertificateRemoveCommand(screen, new ServerOption(dataFolder)));
    }

    private static CommandLine devices(Screen screen, Path dataFolder) {
        CommandLine devices = new CommandLine(new DevicesCommand(screen, new ServerOption(dataFolder)));
        for (StandingAct act : StandingAct.values()) {
            CommandLine one = DevicesStandingCommand.of(act, screen, new ServerOption(dataFolder));
            devices.addSubcommand(act.verb(), one);
        }
        return devices.addSubcommand(new DevicesChangeCommand(screen, new ServerOption(dataFolder)));
    }

    private static CommandLine groups(Screen screen, Path dataFolder) {
        CommandLine groups = new CommandLine(new GroupsCommand(screen, new ServerOption(dataFolder)));
        groups.addSubcommand("list", new GroupsCommand(screen, new ServerOption(dataFolder)));
        return groups.addSubcommand(new GroupsMakeCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(new GroupsChangeCommand(screen, new ServerOption(dataFolder)))
                .addSubcommand(GroupsDevicesCommand.add(screen, new ServerOption(dataFolder)))
                .addSubcommand(GroupsDevicesCommand.remove(screen, new ServerOption(dataFolder)))
                .addSubcommand(new GroupsDeleteCommand(screen, new ServerOption(dataFolder)));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
