package io.fairlead.enterprise.agentlane;

import io.fairlead.contract.agent.Transfer;
import io.fairlead.contract.agent.TransferEnd;
import io.fairlead.contract.agent.TransferOffer;
import io.fairlead.contract.agent.TransferResponse;
import io.fairlead.enterprise.file.DeviceTransfers;
import io.fairlead.enterprise.file.Offer;
import io.fairlead.enterprise.file.Protection;
import io.fairlead.enterprise.file.Standing;
import io.fairlead.enterprise.file.TransferId;
import io.fairlead.enterprise.file.TransferState;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.identity.DeviceIdentity;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.Objects;

/** A device says how a file's transfer stands, or asks. */
final class TransferOperation implements Operation {
    private static final int LONGEST_DETAIL = 1_024;

    private final Envelopes envelopes;
    private final Devices devices;
    private final DeviceTransfers transfers;
    private final Clock clock;

    TransferOperation(Envelopes envelopes, Devices devices, DeviceTransfers transfers, Clock clock) {
        this.envelopes = envelopes;
        this.devices = devices;
        this.transfers = transfers;
        this.clock = clock;
    }

    @Override
    public Future<Buffer> serve(DeviceIdentity device, Caller caller, Buffer envelope) {
        Transfer wire = envelopes.read(envelope, Transfer.class);
        Envelopes.mustName(device, wire.getDevice());
        if (wire.getId() == null || (wire.getOffer() != null && wire.getEnd() != null)) {
            throw new Refusal(Fault.INVALID, "no id, or an offer and an end");
        }
        return answered(new DeviceId(device.device()), new TransferId(wire.getId()), wire)
                .map(this::answer);
    }

    private Future<Standing> answered(DeviceId device, TransferId id, Transfer wire) {
        if (wire.getOffer() != null) {
            Offer offer = offer(wire.getOffer());
            return devices.mustBeHeard(device).compose(heard -> transfers.offer(device, id, offer));
        }
        TransferEnd end = wire.getEnd();
        if (end == null) {
            return devices.mustBeHeard(device).compose(heard -> transfers.standing(device, id));
        }
        String detail = Objects.requireNonNullElse(end.getDetail(), "");
        if (end.getOutcome() == null || detail.length() > LONGEST_DETAIL) {
            throw new Refusal(Fault.INVALID, "outcome or detail of an end");
        }
        return transfers.end(device, id, TransferState.valueOf(end.getOutcome().value()), detail);
    }

    private static Offer offer(TransferOffer wire) {
        if (wire.getName() == null || wire.getSha256() == null) {
            throw new Refusal(Fault.INVALID, "an offer has a name and a sha256");
        }
        Protection protection = switch (wire.getProtection()) {
            case NONE -> Protection.NONE;
            case CMS -> Protection.CMS;
        };
        return new Offer(wire.getName(), wire.getSize(), wire.getSha256(), protection);
    }

    private Buffer answer(Standing standing) {
        TransferResponse response = new TransferResponse();
        response.setId(standing.id().value());
        response.setState(
                io.fairlead.contract.agent.TransferState.valueOf(standing.word().name()));
        response.setOffset(standing.offset());
        response.setServerTime(clock.instant());
        return envelopes.write(response);
    }
}
