package io.fairlead.enterprise.agentlane;

import io.fairlead.contract.agent.Poll;
import io.fairlead.contract.agent.PollResponse;
import io.fairlead.contract.agent.RootSignature;
import io.fairlead.contract.agent.SignedAnchors;
import io.fairlead.contract.agent.SignedCheckpoint;
import io.fairlead.contract.agent.SignedInstruction;
import io.fairlead.enterprise.audit.Seals;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Polled;
import io.fairlead.enterprise.identity.Announcement;
import io.fairlead.enterprise.identity.Announcement.RootSigned;
import io.fairlead.enterprise.identity.Announcements;
import io.fairlead.enterprise.identity.Announcements.Word;
import io.fairlead.enterprise.identity.DeviceIdentity;
import io.fairlead.enterprise.instruction.PollAnswer;
import io.fairlead.enterprise.instruction.Polls;
import io.fairlead.enterprise.instruction.SignedOrder;
import io.fairlead.enterprise.instruction.Waiting;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;

/** A device asks for instructions, and is held until there is one or its time is up. */
final class PollOperation implements Operation {
    private static final int LONGEST_HOLD_SECONDS = 55;

    private final Envelopes envelopes;
    private final Polls polls;
    private final Announcements announcements;
    private final Seals seals;
    private final Clock clock;

    PollOperation(Envelopes envelopes, Polls polls, Announcements announcements, Seals seals, Clock clock) {
        this.envelopes = envelopes;
        this.polls = polls;
        this.announcements = announcements;
        this.seals = seals;
        this.clock = clock;
    }

    @Override
    public boolean servesHeld() {
        return true;
    }

    @Override
    public Future<Buffer> serve(DeviceIdentity device, Caller caller, Buffer envelope) {
        Poll poll = envelopes.read(envelope, Poll.class);
        Envelopes.mustName(device, poll.getDevice());
        if (poll.getHold() < 0 || poll.getHold() > LONGEST_HOLD_SECONDS || poll.getAgentVersion() == null) {
            throw new Refusal(Fault.INVALID, "hold or agentVersion");
        }
        Polled polled = new Polled(
                new DeviceId(device.device()),
                poll.getToken(),
                poll.getJournaled(),
                poll.getAgentVersion(),
                caller.address(),
                device.serial());
        long anchors = poll.getAnchors() == null ? 0 : poll.getAnchors();
        if (anchors < 0) {
            throw new Refusal(Fault.INVALID, "anchors is negative");
        }
        return announcements
                .note(device, anchors)
                .compose(noted -> polls.poll(
                        polled,
                        new Waiting(
                                caller.patience(Duration.ofSeconds(poll.getHold()), clock.instant()), caller.hungUp())))
                .compose(answer -> announcements.word(device, anchors).map(word -> {
                    PollResponse response = response(answer, word);
                    if (Boolean.TRUE.equals(poll.isCheckpoint())) {
                        seals.newest().map(PollOperation::witnessed).ifPresent(response::setCheckpoint);
                    }
                    return envelopes.write(response);
                }));
    }

    private static SignedAnchors signed(Announcement news) {
        SignedAnchors anchors = new SignedAnchors();
        anchors.setStatement(news.statement());
        for (RootSigned one : news.signatures()) {
            RootSignature signature = new RootSignature();
            signature.setKey(one.keyId());
            signature.setValue(one.signature());
            anchors.getSignature().add(signature);
        }
        return anchors;
    }

    private static SignedCheckpoint witnessed(io.fairlead.enterprise.audit.SignedCheckpoint newest) {
        SignedCheckpoint checkpoint = new SignedCheckpoint();
        checkpoint.setStatement(newest.checkpoint().statement());
        checkpoint.setSignature(newest.signature());
        checkpoint.getCertificate().addAll(newest.certificates());
        return checkpoint;
    }

    private PollResponse response(PollAnswer answer, Word word) {
        PollResponse response = new PollResponse();
        response.setServerTime(clock.instant());
        response.setToken(answer.token());
        if (answer.renew()) {
            response.setRenew(true);
        }
        for (SignedOrder order : answer.orders()) {
            SignedInstruction instruction = new SignedInstruction();
            instruction.setSequence(order.sequence());
            instruction.setKey(order.keyId());
            instruction.setOrder(order.order());
            instruction.setSignature(order.signature());
            response.getInstruction().add(instruction);
        }
        word.news().map(PollOperation::signed).ifPresent(response::setAnchors);
        if (word.renew()) {
            response.setRenew(true);
        }
        response.getSigner().addAll(answer.signers());
        return response;
    }
}
