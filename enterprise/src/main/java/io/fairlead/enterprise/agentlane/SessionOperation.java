package io.fairlead.enterprise.agentlane;

import io.fairlead.contract.agent.Session;
import io.fairlead.contract.agent.SessionResponse;
import io.fairlead.contract.agent.SignedReceipt;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.identity.DeviceIdentity;
import io.fairlead.enterprise.remote.DeviceSessions;
import io.fairlead.enterprise.remote.DeviceWord;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.SessionRequest;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.StreamCause;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A device says how a remote session stands. A muted one is heard: that it has ended must not be lost. */
final class SessionOperation implements Operation {
    private static final int LONGEST_SIGNATURE = 72;

    private final Envelopes envelopes;
    private final DeviceSessions sessions;
    private final Clock clock;

    SessionOperation(Envelopes envelopes, DeviceSessions sessions, Clock clock) {
        this.envelopes = envelopes;
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    public Future<Buffer> serve(DeviceIdentity device, Caller caller, Buffer envelope) {
        Session wire = envelopes.read(envelope, Session.class);
        Envelopes.mustName(device, wire.getDevice());
        String detail = Objects.requireNonNullElse(wire.getDetail(), "");
        if (wire.getId() == null || wire.getState() == null || detail.length() > SessionRequest.MOST_TEXT) {
            throw new Refusal(Fault.INVALID, "id, state or detail of a session");
        }
        DeviceWord word =
                new DeviceWord(DeviceWord.Said.valueOf(wire.getState().name()), detail, receipt(wire.getReceipt()));
        return sessions.said(new DeviceId(device.device()), wire.getId(), word).map(over -> answer(wire.getId(), over));
    }

    private static @Nullable SignedText receipt(@Nullable SignedReceipt wire) {
        if (wire == null) {
            return null;
        }
        byte[] statement = wire.getStatement();
        byte[] signature = wire.getSignature();
        if (statement == null
                || signature == null
                || statement.length > Receipt.MOST_BYTES
                || signature.length > LONGEST_SIGNATURE) {
            throw new Refusal(Fault.INVALID, "a receipt has a statement and a signature");
        }
        return new SignedText(statement, signature);
    }

    private Buffer answer(String id, Optional<StreamCause> over) {
        SessionResponse response = new SessionResponse();
        response.setId(id);
        over.ifPresent(cause -> response.setOver(cause.code()));
        response.setServerTime(clock.instant());
        return envelopes.write(response);
    }
}
