package io.fairlead.agent.app;

import io.fairlead.agent.instruction.Handled;
import io.fairlead.agent.instruction.Handler;
import io.fairlead.agent.instruction.Kind;
import io.fairlead.agent.status.Diagnostics;
import io.fairlead.agent.status.Sampler;
import io.fairlead.contract.agent.SetTuning;
import java.util.Map;
import java.util.Optional;

/** What each kind of order does here, if the customer's {@code site.conf} allows it at that moment. */
final class Handlers {
    private final SiteGate gate;
    private final Sampler sampler;
    private final Tuning tuning;
    private final Diagnostics diagnostics;

    Handlers(SiteGate gate, Sampler sampler, Tuning tuning, Diagnostics diagnostics) {
        this.gate = gate;
        this.sampler = sampler;
        this.tuning = tuning;
        this.diagnostics = diagnostics;
    }

    Map<Kind, Handler> byKind() {
        return Map.of(
                Kind.COLLECT, allowed(SiteAction.COLLECT, order -> Handled.done(sampler.collectNow() + " values")),
                Kind.SET, allowed(SiteAction.SET, order -> set(order.getSet())),
                Kind.DIAGNOSE,
                        allowed(
                                SiteAction.DIAGNOSE,
                                order -> diagnose(order.getDiagnose().getName())),
                Kind.RESTART, allowed(SiteAction.RESTART, order -> Handled.doneThenRestart("restarting")));
    }

    private Handler allowed(SiteAction action, Handler handler) {
        return order -> {
            Optional<String> refusal = gate.refusal(action);
            return refusal.isPresent() ? Handled.refused(refusal.get()) : handler.handle(order);
        };
    }

    private Handled set(SetTuning wish) {
        Tuning.Outcome outcome = tuning.set(wish.getKey(), wish.getValue());
        return outcome instanceof Tuning.Set ? Handled.done(outcome.text()) : Handled.refused(outcome.text());
    }

    private Handled diagnose(String name) throws InterruptedException {
        Optional<String> refusal = diagnostics.find(name).flatMap(gate::refusal);
        if (refusal.isPresent()) {
            return Handled.refused("diagnostic " + name + ": " + refusal.get());
        }
        Diagnostics.Diagnosis diagnosis = diagnostics.run(name);
        if (diagnosis instanceof Diagnostics.Done) {
            return Handled.done(diagnosis.text());
        }
        return diagnosis instanceof Diagnostics.Unknown
                ? Handled.refused(diagnosis.text())
                : Handled.failed(diagnosis.text());
    }
}
