package io.fairlead.enterprise.console;

import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Proposal;
import io.fairlead.enterprise.people.Widening;
import java.util.List;

/**
 * What waits for a second person.
 *
 * @param decidable those of them that whoever looks may decide
 */
public record ProposalsView(List<Proposal> proposals, List<Proposal> decidable, Actor asking) {
    public boolean mayDecide(Proposal proposal) {
        return decidable.stream().anyMatch(one -> one.id() == proposal.id());
    }

    /** Whether he proposed it. */
    public boolean isOwn(Proposal proposal) {
        return proposal.by().equals(asking.audited());
    }

    /** For people. */
    public static String words(Widening widening) {
        if (widening instanceof Widening.OfRole of) {
            return "Role " + PersonView.name(of.role()) + ", " + of.scope().words();
        }
        return widening instanceof Widening.OfTraining of
                ? "Training for " + of.model() + " (" + of.evidence() + ")"
                : "Let this person come back";
    }
}
