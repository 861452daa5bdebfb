package io.fairlead.enterprise.console;

import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Proposal;
import io.fairlead.enterprise.people.Widening;
import java.util.List;

/** What waits for a second person. */
public record ProposalsView(List<Proposal> proposals, Actor asking) {
    /** Whether whoever looks might approve of it, as far as can be told without asking: neither his own nor about him. */
    public boolean mayDecide(Proposal proposal) {
        return !isOwn(proposal) && !asking.is(proposal.widening().person());
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
