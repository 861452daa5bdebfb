package io.fairlead.enterprise.integration;

import io.fairlead.enterprise.account.FailedCalls;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.FailureMeaning;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** What every call passes before CXF sees a byte of it, on the request's event loop: {@link Admission}, then {@link OneCall}. */
final class Gate {
    private final Admission admission;
    private final FailedCalls failed;
    private final Places places;
    private final Blocking workers;
    private final FaultAnswers faults;
    private final CallMeters meters;
    private final Ids ids;
    private final RefusedDeeds refusals;

    Gate(
            Admission admission,
            FailedCalls failed,
            Places places,
            Blocking workers,
            FaultAnswers faults,
            CallMeters meters,
            Ids ids,
            RefusedDeeds refusals) {
        this.admission = admission;
        this.failed = failed;
        this.places = places;
        this.workers = workers;
        this.faults = faults;
        this.meters = meters;
        this.ids = ids;
        this.refusals = refusals;
    }

    void handle(HttpServerRequest request, Wire wire, PublishedService service) {
        request.pause();
        OneCall call = new OneCall(
                request,
                wire,
                service,
                admission.address(request),
                ids.next(),
                Vertx.currentContext(),
                meters.start(),
                refusals,
                places.transfers());
        Future.succeededFuture()
                .compose(now -> admission.admit(call))
                .compose(body -> workers.call(() -> call.run(body)))
                .compose(ran -> call.end())
                .onComplete(done -> {
                    call.leave();
                    end(call, done.cause());
                });
    }

    private void end(OneCall call, @Nullable Throwable failure) {
        if (failure == null) {
            call.measure(meters, "ok");
        } else if (call.request().response().closed()) {
            call.measure(meters, "gone");
        } else {
            refuse(call, FailureMeaning.fault(failure), failure);
        }
    }

    private void refuse(OneCall call, Fault fault, Throwable failure) {
        call.measure(meters, fault.key());
        Actor actor = call.actor();
        if (actor != null) {
            String why = fault.blame() == Fault.Blame.SERVER ? "" : FailureMeaning.detail(failure);
            failed.note(actor, call.named(), fault, why, call.address());
        }
        faults.send(call, fault, failure);
    }
}
