package io.fairlead.agent.status;

import java.util.Optional;

/** Whether something may be done now, by the customer's {@code site.conf}; judged above this room, anew each time. */
@FunctionalInterface
public interface SiteTrust {
    /** Why it may not be done; empty when it may. */
    Optional<String> refusal();

    /** The same for a command that the file named at the start, and may name no more. */
    default Optional<String> refusal(CommandSource command) {
        return refusal();
    }
}
