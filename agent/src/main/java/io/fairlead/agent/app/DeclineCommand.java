package io.fairlead.agent.app;

import io.fairlead.agent.consent.Verdict;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agent decline}. */
@Command(
        name = "decline",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Says no to a question of the agent, at the instrument.",
        footer = {
            "",
            "Only accounts that site.conf names as approvers are heard. An answer that",
            "comes after the 60 seconds of its question does nothing, and this says so.",
            "",
            "Exit codes: 0 it counts, 1 no agent answers, 2 wrong usage, 3 it does not count.",
            "",
            "Examples:",
            "  agent questions",
            "  agent decline K7HM",
            "  agent decline K7HM --not-today"
        })
final class DeclineCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "The four characters that the question is called by.")
    private String id = "";

    @Option(
            names = "--not-today",
            description = "And no such question until midnight; `agent questions --ask-again` takes that back.")
    private boolean notToday;

    @Mixin
    private ApproverOptions options = new ApproverOptions();

    @Override
    public Integer call() throws IOException {
        return new GivenAnswer(options, id).give(notToday ? Verdict.NOT_TODAY : Verdict.DECLINE);
    }
}
