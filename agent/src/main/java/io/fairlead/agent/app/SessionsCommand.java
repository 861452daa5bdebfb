package io.fairlead.agent.app;

import io.fairlead.agent.consent.DoorRefused;
import io.fairlead.agent.consent.OpenSession;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agent sessions}. */
@Command(
        name = "sessions",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Shows the remote sessions that are asked about or allowed.",
        footer = {
            "",
            "Only accounts that site.conf names as approvers are heard, as with `agent questions`.",
            "",
            "Exit codes: 0 shown, 1 no agent answers, 2 wrong usage, 3 this account may not.",
            "",
            "Examples:",
            "  agent sessions",
            "  agent end 3f0a77c1"
        })
final class SessionsCommand implements Callable<Integer> {
    @Mixin
    private ApproverOptions options = new ApproverOptions();

    @Override
    public Integer call() throws IOException {
        try {
            List<OpenSession> sessions = options.door().sessions();
            if (sessions.isEmpty()) {
                System.out.println("No remote session.");
            }
            for (OpenSession each : sessions) {
                System.out.println(
                        each.id().substring(0, 8) + "  " + each.state() + ", connections: " + each.streams());
                System.out.println("  who       " + each.by());
                System.out.println("  why       " + each.reason());
                System.out.println("  services  " + each.services());
                if (!each.watchers().isEmpty()) {
                    System.out.println("  watching  " + each.watchers());
                }
            }
            return 0;
        } catch (DoorRefused e) {
            System.err.println(e.getMessage());
            return ApproverOptions.REFUSED;
        }
    }
}
