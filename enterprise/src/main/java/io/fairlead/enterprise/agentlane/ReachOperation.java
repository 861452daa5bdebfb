package io.fairlead.enterprise.agentlane;

import io.fairlead.contract.agent.ReachRow;
import io.fairlead.contract.agent.ReportReach;
import io.fairlead.contract.agent.ReportReachResponse;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.identity.DeviceIdentity;
import io.fairlead.enterprise.reach.CheckedRow;
import io.fairlead.enterprise.reach.Reached;
import io.fairlead.enterprise.reach.SiteCheck;
import io.fairlead.enterprise.reach.SiteChecks;
import io.fairlead.enterprise.reach.Trouble;
import io.fairlead.enterprise.reach.Way;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.Objects;

/** A device says what a check of its site found. */
final class ReachOperation implements Operation {
    private final Envelopes envelopes;
    private final SiteChecks checks;
    private final Clock clock;

    ReachOperation(Envelopes envelopes, SiteChecks checks, Clock clock) {
        this.envelopes = envelopes;
        this.checks = checks;
        this.clock = clock;
    }

    @Override
    public Future<Buffer> serve(DeviceIdentity device, Caller caller, Buffer envelope) {
        ReportReach wire = envelopes.read(envelope, ReportReach.class);
        Envelopes.mustName(device, wire.getDevice());
        if (wire.getCheckedAt() == null) {
            throw new Refusal(Fault.INVALID, "a check without its time");
        }
        SiteCheck check = new SiteCheck(
                wire.getCheckedAt(),
                wire.getList(),
                Objects.requireNonNullElse(wire.getLeftOut(), 0),
                wire.getRow().stream().map(ReachOperation::row).toList());
        return checks.take(new DeviceId(device.device()), check).map(kept -> answer());
    }

    private static CheckedRow row(ReachRow wire) {
        if (wire.getHost() == null || wire.getProtocol() == null || wire.getOutcome() == null) {
            throw new Refusal(Fault.INVALID, "host, protocol or outcome of a row");
        }
        return new CheckedRow(
                wire.getHost(),
                CheckedRow.Protocol.valueOf(wire.getProtocol().name()),
                wire.getPort(),
                wire.isRequired(),
                Reached.valueOf(wire.getOutcome().name()),
                wire.getTrouble() == null
                        ? null
                        : Trouble.valueOf(wire.getTrouble().name()),
                wire.getWay() == null ? null : Way.valueOf(wire.getWay().name()),
                Objects.requireNonNullElse(wire.getFound(), ""));
    }

    private Buffer answer() {
        ReportReachResponse response = new ReportReachResponse();
        response.setServerTime(clock.instant());
        return envelopes.write(response);
    }
}
