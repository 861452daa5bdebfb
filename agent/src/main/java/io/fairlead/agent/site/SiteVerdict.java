package io.fairlead.agent.site;

import java.util.Optional;

/** Whether {@code site.conf} is the customer's word. */
public sealed interface SiteVerdict {
    /** Why every action is denied; empty when the file may be believed. */
    Optional<String> denial();

    /** Nobody but the customer can have written it, or this is a demonstration, which the note says. */
    record Trusted(String note) implements SiteVerdict {
        @Override
        public Optional<String> denial() {
            return Optional.empty();
        }
    }

    /** The agent's own account could have written it, or it cannot be read. */
    record Denied(String reason) implements SiteVerdict {
        @Override
        public Optional<String> denial() {
            return Optional.of(reason);
        }
    }
}
