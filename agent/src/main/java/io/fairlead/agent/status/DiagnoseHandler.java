package io.fairlead.agent.status;

import io.fairlead.agent.instruction.Handled;
import io.fairlead.agent.instruction.Handler;
import io.fairlead.contract.agent.Order;
import java.util.Optional;

/** Runs a diagnostic that the customer has named. */
public final class DiagnoseHandler implements Handler {
    private final Diagnostics diagnostics;
    private final SiteTrust policy;

    /** @param policy whether the customer allows it now */
    public DiagnoseHandler(Diagnostics diagnostics, SiteTrust policy) {
        this.diagnostics = diagnostics;
        this.policy = policy;
    }

    @Override
    public Handled handle(Order order) throws InterruptedException {
        Optional<String> refusal = policy.refusal();
        if (refusal.isPresent()) {
            return Handled.refused(refusal.get());
        }
        return diagnostics.run(order.getDiagnose().getName()).handled();
    }
}
