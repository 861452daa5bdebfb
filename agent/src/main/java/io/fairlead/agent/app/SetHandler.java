package io.fairlead.agent.app;

import io.fairlead.agent.instruction.Handled;
import io.fairlead.agent.instruction.Handler;
import io.fairlead.contract.agent.Order;
import java.util.Optional;

/** Sets a tuning key; of {@code site.conf} it can reach nothing. */
public final class SetHandler implements Handler {
    private final Tuning tuning;
    private final SiteGate gate;

    public SetHandler(Tuning tuning, SiteGate gate) {
        this.tuning = tuning;
        this.gate = gate;
    }

    @Override
    public Handled handle(Order order) {
        Optional<String> refusal = gate.refusal(SiteAction.SET);
        if (refusal.isPresent()) {
            return Handled.refused(refusal.get());
        }
        return tuning.set(order.getSet().getKey(), order.getSet().getValue()).handled();
    }
}
