package io.fairlead.agent.status;

import java.util.Optional;

/** Whether what {@code site.conf} names may be run now; judged above this room, anew before each run. */
@FunctionalInterface
public interface SiteTrust {
    /** Why nothing may be run; empty when it may. */
    Optional<String> refusal();
}
