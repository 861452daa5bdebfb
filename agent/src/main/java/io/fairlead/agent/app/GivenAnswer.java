package io.fairlead.agent.app;

import io.fairlead.agent.consent.DoorRefused;
import io.fairlead.agent.consent.Verdict;
import java.io.IOException;

/** An answer on its way from the command line to the agent. */
record GivenAnswer(ApproverOptions options, String id) {
    /** Hands it over and says what came of it; returns the exit code. */
    int give(Verdict verdict) throws IOException {
        try {
            System.out.println(options.door().answer(id, verdict));
            return 0;
        } catch (DoorRefused e) {
            System.err.println(e.getMessage());
            return ApproverOptions.REFUSED;
        }
    }
}
