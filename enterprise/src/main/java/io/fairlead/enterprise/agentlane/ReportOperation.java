package io.fairlead.enterprise.agentlane;

import io.fairlead.contract.agent.Rejected;
import io.fairlead.contract.agent.ReportResponse;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.identity.DeviceIdentity;
import io.fairlead.enterprise.status.Parsed;
import io.fairlead.enterprise.status.Report;
import io.fairlead.enterprise.status.ReportAnswer;
import io.fairlead.enterprise.status.StatusService;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.List;

/** A device hands over status messages; answered when they are committed. */
final class ReportOperation implements Operation {
    private final Envelopes envelopes;
    private final StatusMessages messages;
    private final StatusService status;
    private final Clock clock;

    ReportOperation(Envelopes envelopes, StatusMessages messages, StatusService status, Clock clock) {
        this.envelopes = envelopes;
        this.messages = messages;
        this.status = status;
        this.clock = clock;
    }

    @Override
    public Future<Buffer> serve(DeviceIdentity device, Caller caller, Buffer envelope) {
        io.fairlead.contract.agent.Report wire = envelopes.read(envelope, io.fairlead.contract.agent.Report.class);
        Envelopes.mustName(device, wire.getDevice());
        if (wire.getEpoch() == null || wire.getSentAt() == null) {
            throw new Refusal(Fault.INVALID, "epoch or sentAt is missing");
        }
        List<Parsed> parsed = wire.getMessage().stream().map(messages::parse).toList();
        long dropped = wire.getDropped() == null ? 0 : wire.getDropped();
        Report report = new Report(
                new DeviceId(device.device()), wire.getEpoch(), wire.getToken(), wire.getSentAt(), dropped, parsed);
        return status.report(report).map(this::answer);
    }

    private Buffer answer(ReportAnswer answer) {
        ReportResponse response = new ReportResponse();
        response.setEpoch(answer.epoch());
        response.setCommitted(answer.committed());
        for (ReportAnswer.Rejection each : answer.rejected()) {
            Rejected rejected = new Rejected();
            rejected.setSequence(each.sequence());
            rejected.setFault(each.fault().key());
            response.getRejected().add(rejected);
        }
        response.setServerTime(clock.instant());
        return envelopes.write(response);
    }
}
