package io.fairlead.agent.site;

import io.fairlead.agent.consent.Approvers;
import io.fairlead.agent.consent.Person;
import java.util.Optional;

/** Judges who may answer by {@code site.conf} as it is at that moment. */
public record SiteApproval(SiteGate gate, boolean demo) implements Approvers {
    @Override
    public Optional<String> refusal(Person person) {
        return gate.refusal().or(() -> refusal(person, gate.approvers()));
    }

    private Optional<String> refusal(Person person, SiteApprovers approvers) {
        if (demo && person.kind() == Person.Kind.AGENT) {
            // One person under one account: there is nobody else.
            return Optional.empty();
        }
        if (!approvers.any()) {
            return Optional.of("site.conf names no approvers (approvers.group)");
        }
        if (!approvers.people().isEmpty()) {
            boolean named = person.kind() != Person.Kind.UNVERIFIED
                    && approvers.people().contains(person.name());
            return named
                    ? Optional.empty()
                    : Optional.of("site.conf's approvers.people does not name " + person.name());
        }
        return switch (person.kind()) {
            case ROOT -> Optional.of("root answers only where site.conf's approvers.people names it");
            case AGENT ->
                Optional.of("the agent's own account answers only where site.conf's approvers.people names it");
            case ORDINARY, UNVERIFIED -> Optional.empty();
        };
    }
}
