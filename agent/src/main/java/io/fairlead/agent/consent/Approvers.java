package io.fairlead.agent.consent;

import java.util.Optional;

/** Who may see questions and answer them; the customer's {@code site.conf} as it is at that moment. */
@FunctionalInterface
public interface Approvers {
    /** Why this person may not; empty when he may. The text is for him. */
    Optional<String> refusal(Person person);
}
