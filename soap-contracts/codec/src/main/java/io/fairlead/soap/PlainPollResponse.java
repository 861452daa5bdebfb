package io.fairlead.soap;

import io.fairlead.contract.agent.PollResponse;
import io.fairlead.contract.agent.SignedCheckpoint;
import io.fairlead.contract.agent.SignedInstruction;

/** A PollResponse in plain form. One with anchors is seldom, and not plain. */
final class PlainPollResponse {
    private static final byte[] OPEN = Slot.ascii("<PollResponse xmlns=\"" + SoapNames.CONTRACT_NS + "\">");
    private static final byte[] CLOSE = Slot.ascii("</PollResponse>");
    private static final Slot SERVER_TIME = Slot.element("serverTime");
    private static final Slot TOKEN = Slot.element("token");
    private static final byte[] INSTRUCTION = Slot.ascii("<instruction");
    private static final byte[] INSTRUCTION_END = Slot.ascii("</instruction>");
    private static final Slot SEQUENCE = Slot.attribute("sequence");
    private static final Slot KEY = Slot.attribute("key");
    private static final byte[] TAG_END = Slot.ascii(">");
    private static final Slot ORDER = Slot.element("order");
    private static final Slot SIGNATURE = Slot.element("signature");
    private static final Slot SIGNER = Slot.element("signer");
    private static final Slot RENEW = Slot.element("renew");
    private static final byte[] CHECKPOINT = Slot.ascii("<checkpoint>");
    private static final byte[] CHECKPOINT_END = Slot.ascii("</checkpoint>");
    private static final Slot STATEMENT = Slot.element("statement");
    private static final Slot CERTIFICATE = Slot.element("certificate");

    private PlainPollResponse() {}

    static PollResponse read(PlainReader in) {
        in.take(OPEN);
        PollResponse answer = new PollResponse();
        answer.setServerTime(in.instant(SERVER_TIME));
        answer.setToken(in.string(TOKEN));
        while (in.takes(INSTRUCTION)) {
            answer.getInstruction().add(instruction(in));
        }
        while (in.isAt(SIGNER)) {
            answer.getSigner().add(in.binary(SIGNER));
        }
        if (in.isAt(RENEW)) {
            answer.setRenew(in.flag(RENEW));
        }
        if (in.takes(CHECKPOINT)) {
            answer.setCheckpoint(checkpoint(in));
        }
        in.take(CLOSE);
        return answer;
    }

    static void write(PollResponse answer, PlainWriter out) {
        if (answer.getAnchors() != null) {
            throw new NotPlain();
        }
        out.put(OPEN);
        out.instant(SERVER_TIME, answer.getServerTime());
        out.string(TOKEN, answer.getToken());
        answer.getInstruction().forEach(each -> instruction(each, out));
        answer.getSigner().forEach(each -> out.binary(SIGNER, each));
        if (answer.isRenew() != null) {
            out.flag(RENEW, answer.isRenew());
        }
        if (answer.getCheckpoint() != null) {
            checkpoint(answer.getCheckpoint(), out);
        }
        out.put(CLOSE);
    }

    private static SignedInstruction instruction(PlainReader in) {
        SignedInstruction instruction = new SignedInstruction();
        instruction.setSequence(in.number(SEQUENCE));
        instruction.setKey(in.string(KEY));
        in.take(TAG_END);
        instruction.setOrder(in.binary(ORDER));
        instruction.setSignature(in.binary(SIGNATURE));
        in.take(INSTRUCTION_END);
        return instruction;
    }

    private static void instruction(SignedInstruction instruction, PlainWriter out) {
        out.put(INSTRUCTION);
        out.number(SEQUENCE, instruction.getSequence());
        out.string(KEY, instruction.getKey());
        out.put(TAG_END);
        out.binary(ORDER, instruction.getOrder());
        out.binary(SIGNATURE, instruction.getSignature());
        out.put(INSTRUCTION_END);
    }

    private static SignedCheckpoint checkpoint(PlainReader in) {
        SignedCheckpoint checkpoint = new SignedCheckpoint();
        checkpoint.setStatement(in.binary(STATEMENT));
        checkpoint.setSignature(in.binary(SIGNATURE));
        while (in.isAt(CERTIFICATE)) {
            checkpoint.getCertificate().add(in.binary(CERTIFICATE));
        }
        in.take(CHECKPOINT_END);
        return checkpoint;
    }

    private static void checkpoint(SignedCheckpoint checkpoint, PlainWriter out) {
        out.put(CHECKPOINT);
        out.binary(STATEMENT, checkpoint.getStatement());
        out.binary(SIGNATURE, checkpoint.getSignature());
        checkpoint.getCertificate().forEach(each -> out.binary(CERTIFICATE, each));
        out.put(CHECKPOINT_END);
    }
}
