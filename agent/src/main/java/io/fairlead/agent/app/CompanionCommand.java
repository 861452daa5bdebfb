package io.fairlead.agent.app;

import io.fairlead.agent.companion.Companion;
import io.fairlead.agent.consent.DoorRefused;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agent companion}. */
@Command(
        name = "companion",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Shows the agent's questions in a window on this desktop, and remote sessions as long as they last.",
        footer = {
            "",
            "To be started with the desktop of whoever works at the instrument, under that",
            "account; it goes on until it is ended, also while no agent runs. Only accounts",
            "that site.conf names as approvers see anything.",
            "",
            "Exit codes: 1 there is no desktop, 2 wrong usage, 3 this account may not.",
            "",
            "Example:",
            "  agent companion"
        })
final class CompanionCommand implements Callable<Integer> {
    @Mixin
    private ApproverOptions options = new ApproverOptions();

    @Override
    public Integer call() throws InterruptedException {
        try {
            Optional<String> unable = Companion.unable();
            if (unable.isPresent()) {
                System.err.println("fairlead-agent: " + unable.get());
                return 1;
            }
            new Companion(options.door()).run();
            return 0;
        } catch (DoorRefused e) {
            System.err.println(e.getMessage());
            return ApproverOptions.REFUSED;
        } catch (NoClassDefFoundError e) {
            System.err.println(
                    "fairlead-agent: this Java has no windows (module java.desktop): use another by JAVA_HOME,"
                            + " or make one with bin/make-runtime --companion");
            return 1;
        }
    }
}
