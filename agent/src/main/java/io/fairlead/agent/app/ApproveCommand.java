package io.fairlead.agent.app;

import io.fairlead.agent.consent.Verdict;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code agent approve}. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Says yes to a question of the agent, at the instrument.",
        footer = {
            "",
            "Only accounts that site.conf names as approvers are heard. An answer that",
            "comes after the 60 seconds of its question does nothing, and this says so.",
            "",
            "Exit codes: 0 it counts, 1 no agent answers, 2 wrong usage, 3 it does not count.",
            "",
            "Examples:",
            "  agent questions",
            "  agent approve K7HM",
            "  agent approve K7HM --view-only",
            "  agent approve K7HM --clipboard"
        })
final class ApproveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "The four characters that the question is called by.")
    private String id = "";

    @Option(
            names = "--view-only",
            description = "Lets them look at the desktop and touch nothing; for sessions that ask for control of one.")
    private boolean viewOnly;

    @Option(
            names = "--clipboard",
            description = "Lets text be copied between here and there as well; for sessions that ask for control of a"
                    + " desktop.")
    private boolean clipboard;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ApproverOptions options = new ApproverOptions();

    @Override
    public Integer call() throws IOException {
        if (viewOnly && clipboard) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--view-only and --clipboard exclude each other: who only looks copies nothing");
        }
        return new GivenAnswer(options, id)
                .give(viewOnly ? Verdict.VIEW_ONLY : clipboard ? Verdict.WITH_CLIPBOARD : Verdict.APPROVE);
    }
}
