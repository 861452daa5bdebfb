package io.fairlead.agent.app;

import io.fairlead.agent.app.Permission.Act;
import io.fairlead.agent.file.Transfers;
import io.fairlead.agent.instruction.Handled;
import io.fairlead.agent.instruction.Handler;
import io.fairlead.agent.instruction.Kind;
import io.fairlead.agent.site.SiteAction;
import io.fairlead.agent.site.SiteGate;
import io.fairlead.agent.site.Tuning;
import io.fairlead.agent.status.DiagnosticSource;
import io.fairlead.agent.status.Diagnostics;
import io.fairlead.agent.status.Sampler;
import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.SetTuning;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What each kind of order does here, if the customer allows it at that moment. */
final class Handlers {
    private final SiteGate gate;
    private final Permission permission;
    private final Sampler sampler;
    private final Tuning tuning;
    private final Diagnostics diagnostics;
    private final Transfers transfers;
    private final Runnable pulse;

    /** @param pulse the sign of life of the thread that carries orders out */
    Handlers(
            SiteGate gate,
            Permission permission,
            Sampler sampler,
            Tuning tuning,
            Diagnostics diagnostics,
            Transfers transfers,
            Runnable pulse) {
        this.gate = gate;
        this.permission = permission;
        this.sampler = sampler;
        this.tuning = tuning;
        this.diagnostics = diagnostics;
        this.transfers = transfers;
        this.pulse = pulse;
    }

    Map<Kind, Handler> byKind() {
        return Map.of(
                Kind.COLLECT,
                        allowed(
                                order -> new Act(SiteAction.COLLECT, "sample everything now and report it"),
                                order -> Handled.done(sampler.collectNow(pulse) + " values")),
                Kind.SET,
                        allowed(
                                order -> new Act(
                                        SiteAction.SET,
                                        "set " + order.getSet().getKey() + " to "
                                                + order.getSet().getValue()),
                                order -> set(order.getSet())),
                Kind.DIAGNOSE, this::diagnose,
                Kind.RESTART,
                        allowed(
                                order -> new Act(SiteAction.RESTART, "restart the agent (not the PC)"),
                                order -> Handled.doneThenRestart("restarting")),
                // These judge for themselves: who is asked is asked while the next instruction goes on.
                Kind.UPLOAD, transfers::upload,
                Kind.RECEIVE, transfers::receive,
                Kind.PACKAGE, transfers::diagnosticPackage,
                Kind.CANCEL, transfers::cancel);
    }

    private Handler allowed(Function<Order, Act> act, Handler handler) {
        return order -> {
            Optional<String> refusal = permission.refusal(act.apply(order), order);
            pulse.run();
            return refusal.isPresent() ? Handled.refused(refusal.get()) : handler.handle(order);
        };
    }

    private Handled set(SetTuning wish) {
        Tuning.Outcome outcome = tuning.set(wish.getKey(), wish.getValue());
        return outcome instanceof Tuning.Set ? Handled.done(outcome.text()) : Handled.refused(outcome.text());
    }

    private Handled diagnose(Order order) throws InterruptedException {
        String name = order.getDiagnose().getName();
        Optional<DiagnosticSource> found = diagnostics.find(name);
        // Nobody is asked about what is refused anyway; and what was agreed to must still stand afterwards.
        Optional<String> refusal = gate.refusal(SiteAction.DIAGNOSE).or(() -> found.flatMap(this::withdrawn));
        if (refusal.isEmpty() && found.isPresent()) {
            String command = String.join(" ", found.get().command());
            refusal = permission.refusal(
                    new Act(SiteAction.DIAGNOSE, "run the diagnostic " + name + ": " + command), order);
        }
        pulse.run();
        refusal = refusal.or(() -> found.flatMap(this::withdrawn));
        if (refusal.isPresent()) {
            return Handled.refused(refusal.get());
        }
        Diagnostics.Diagnosis diagnosis = diagnostics.run(name);
        if (diagnosis instanceof Diagnostics.Done) {
            return Handled.done(diagnosis.text());
        }
        return diagnosis instanceof Diagnostics.Unknown
                ? Handled.refused(diagnosis.text())
                : Handled.failed(diagnosis.text());
    }

    private Optional<String> withdrawn(DiagnosticSource diagnostic) {
        return gate.refusal(diagnostic).map(why -> "diagnostic " + diagnostic.name() + ": " + why);
    }
}
