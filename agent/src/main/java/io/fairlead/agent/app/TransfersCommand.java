package io.fairlead.agent.app;

import io.fairlead.agent.consent.DoorRefused;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agent transfers}. */
@Command(
        name = "transfers",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = TransfersCommand.Cancel.class,
        description = "Shows the files that are on their way to or from this instrument.",
        footer = {
            "",
            "Only accounts that site.conf names as approvers are heard, as with `agent questions`.",
            "",
            "Exit codes: 0 shown, 1 no agent answers, 2 wrong usage, 3 this account may not.",
            "",
            "Examples:",
            "  agent transfers",
            "  agent transfers --json",
            "  agent transfers cancel 3f0a77c1"
        })
final class TransfersCommand implements Callable<Integer> {
    @Mixin
    private ApproverOptions options = new ApproverOptions();

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        try {
            UnderwayText text = new UnderwayText(options.door().underway());
            System.out.print(json ? text.json() + "\n" : text.table());
            return 0;
        } catch (DoorRefused e) {
            System.err.println(e.getMessage());
            return ApproverOptions.REFUSED;
        }
    }

    /** {@code agent transfers cancel}. */
    @Command(
            name = "cancel",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Stops one of them; the enterprise is told that a person at the instrument did.",
            footer = {
                "",
                "Half a file is deleted at both ends. It can only be asked for anew.",
                "",
                "Exit codes: 0 stopped, 1 no agent answers, 2 wrong usage, 3 nothing was stopped."
            })
    static final class Cancel implements Callable<Integer> {
        @Parameters(paramLabel = "ID", description = "As `agent transfers` shows it, or as much of it as no other has.")
        private String id = "";

        @Mixin
        private ApproverOptions options = new ApproverOptions();

        @Override
        public Integer call() throws IOException {
            try {
                System.out.println(options.door().stop(id));
                return 0;
            } catch (DoorRefused e) {
                System.err.println(e.getMessage());
                return ApproverOptions.REFUSED;
            }
        }
    }
}
