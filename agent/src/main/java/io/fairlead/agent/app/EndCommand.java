package io.fairlead.agent.app;

import io.fairlead.agent.consent.DoorRefused;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code agent end}. */
@Command(
        name = "end",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Ends a remote session with all its connections, at once; the enterprise is told that a person at"
                + " the instrument did.",
        footer = {
            "",
            "Only accounts that site.conf names as approvers are heard.",
            "",
            "Exit codes: 0 ended, 1 no agent answers, 2 wrong usage, 3 nothing was ended.",
            "",
            "Examples:",
            "  agent end",
            "  agent end 3f0a77c1"
        })
final class EndCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "SESSION",
            arity = "0..1",
            defaultValue = "",
            description = "As `agent sessions` shows it; may be left out where there is only one.")
    private String id = "";

    @Mixin
    private ApproverOptions options = new ApproverOptions();

    @Override
    public Integer call() throws IOException {
        try {
            System.out.println(options.door().end(id));
            return 0;
        } catch (DoorRefused e) {
            System.err.println(e.getMessage());
            return ApproverOptions.REFUSED;
        }
    }
}
