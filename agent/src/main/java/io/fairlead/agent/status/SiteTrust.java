package io.fairlead.agent.status;

import java.util.Optional;

/** Whether something may be done now, by the customer's {@code site.conf}; judged above this room, anew each time. */
@FunctionalInterface
public interface SiteTrust {
    /** Why it may not be done; empty when it may. */
    Optional<String> refusal();
}
