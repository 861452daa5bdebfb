package io.fairlead.agent.app;

import io.fairlead.agent.consent.Answer;
import io.fairlead.agent.consent.Asking;
import io.fairlead.agent.consent.Question;
import io.fairlead.agent.site.SiteAction;
import io.fairlead.agent.site.SiteGate;
import io.fairlead.contract.agent.Order;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Whether an order may be carried out now: by the customer's policy, and where that says so by asking the person at the
 * instrument, which takes 60 s at most. Outside the hours nobody is asked.
 */
final class Permission {
    private final SiteGate gate;
    private final Asking asking;

    /**
     * What would be done, in words that name it exactly.
     *
     * @param bytes the size of a file; empty where there is none
     * @param alwaysAsk whether a person has to agree even where the policy allows it
     */
    record Act(SiteAction action, String what, OptionalLong bytes, boolean alwaysAsk) {
        Act(SiteAction action, String what) {
            this(action, what, OptionalLong.empty(), false);
        }
    }

    Permission(SiteGate gate, Asking asking) {
        this.gate = gate;
        this.asking = asking;
    }

    /** Why it may not be done; empty when it may. The text goes to the enterprise and names nobody. */
    Optional<String> refusal(Act act, Order order) throws InterruptedException {
        Optional<String> refusal = gate.refusal(act.action());
        if (refusal.isPresent() || !(act.alwaysAsk() || gate.asks(act.action()))) {
            return refusal;
        }
        Answer answer = asking.ask(new Question(
                act.action().word(), said(order.getBy()), said(order.getReason()), act.what(), act.bytes()));
        // The customer may have changed his mind in that minute, or the hours may be over.
        return answer.approved() ? gate.refusal(act.action()) : Optional.of(answer.outward());
    }

    private static String said(@Nullable String text) {
        return text == null ? "" : text;
    }
}
