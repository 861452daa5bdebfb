package io.fairlead.agent.status;

import io.fairlead.agent.instruction.Handled;
import io.fairlead.agent.instruction.Handler;
import io.fairlead.contract.agent.Order;
import java.util.Optional;

/** Samples every probe now. What is found is in the spool before the result is. */
public final class CollectHandler implements Handler {
    private final Sampler sampler;
    private final SiteTrust policy;

    /** @param policy whether the customer allows it now */
    public CollectHandler(Sampler sampler, SiteTrust policy) {
        this.sampler = sampler;
        this.policy = policy;
    }

    @Override
    public Handled handle(Order order) throws InterruptedException {
        Optional<String> refusal = policy.refusal();
        if (refusal.isPresent()) {
            return Handled.refused(refusal.get());
        }
        return Handled.done(sampler.collectNow() + " values collected");
    }
}
