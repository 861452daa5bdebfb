package io.fairlead.agent.status;

import java.util.Optional;

/** Whether something may be done now, by the customer's {@code site.conf}; judged above this room, anew each time. */
@FunctionalInterface
public interface SiteTrust {
    /** Why it may not be done; empty when it may. */
    Optional<String> refusal();

    /** What the customer's policy is, for the enterprise to show; empty where there is none to tell of. */
    default Optional<String> policy() {
        return Optional.empty();
    }

    /** Why a command may not be run that the file named at the start, and may name no more. */
    default Optional<String> refusal(CommandSource command) {
        return refusal();
    }
}
