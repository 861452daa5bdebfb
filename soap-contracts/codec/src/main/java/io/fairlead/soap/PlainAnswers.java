package io.fairlead.soap;

import io.fairlead.contract.agent.PollResponse;
import io.fairlead.contract.agent.Rejected;
import io.fairlead.contract.agent.ReportResponse;
import io.fairlead.contract.agent.SignedInstruction;

/** The answers that the enterprise gives most, in plain form. A PollResponse with anchors or a checkpoint is seldom. */
final class PlainAnswers {
    private static final byte[] REPORT = Slot.ascii("<ReportResponse xmlns=\"" + SoapNames.CONTRACT_NS + "\">");
    private static final byte[] REPORT_END = Slot.ascii("</ReportResponse>");
    private static final Slot EPOCH = Slot.element("epoch");
    private static final Slot COMMITTED = Slot.element("committed");
    private static final byte[] REJECTED = Slot.ascii("<rejected");
    private static final Slot FAULT = Slot.attribute("fault");
    private static final Slot SERVER_TIME = Slot.element("serverTime");

    private static final byte[] POLL = Slot.ascii("<PollResponse xmlns=\"" + SoapNames.CONTRACT_NS + "\">");
    private static final byte[] POLL_END = Slot.ascii("</PollResponse>");
    private static final Slot TOKEN = Slot.element("token");
    private static final byte[] INSTRUCTION = Slot.ascii("<instruction");
    private static final byte[] INSTRUCTION_END = Slot.ascii("</instruction>");
    private static final Slot SEQUENCE = Slot.attribute("sequence");
    private static final Slot KEY = Slot.attribute("key");
    private static final Slot ORDER = Slot.element("order");
    private static final Slot SIGNATURE = Slot.element("signature");
    private static final Slot SIGNER = Slot.element("signer");
    private static final Slot RENEW = Slot.element("renew");

    private static final byte[] TAG_END = Slot.ascii(">");
    private static final byte[] EMPTY_END = Slot.ascii("/>");

    private PlainAnswers() {}

    static void write(ReportResponse answer, PlainWriter out) {
        out.put(REPORT);
        out.string(EPOCH, answer.getEpoch());
        out.number(COMMITTED, answer.getCommitted());
        for (Rejected each : answer.getRejected()) {
            out.put(REJECTED);
            out.number(SEQUENCE, each.getSequence());
            out.string(FAULT, each.getFault());
            out.put(EMPTY_END);
        }
        out.instant(SERVER_TIME, answer.getServerTime());
        out.put(REPORT_END);
    }

    static void write(PollResponse answer, PlainWriter out) {
        if (answer.getAnchors() != null || answer.getCheckpoint() != null) {
            throw new NotPlain();
        }
        out.put(POLL);
        out.instant(SERVER_TIME, answer.getServerTime());
        out.string(TOKEN, answer.getToken());
        for (SignedInstruction each : answer.getInstruction()) {
            out.put(INSTRUCTION);
            out.number(SEQUENCE, each.getSequence());
            out.string(KEY, each.getKey());
            out.put(TAG_END);
            out.binary(ORDER, each.getOrder());
            out.binary(SIGNATURE, each.getSignature());
            out.put(INSTRUCTION_END);
        }
        for (byte[] each : answer.getSigner()) {
            out.binary(SIGNER, each);
        }
        if (answer.isRenew() != null) {
            out.flag(RENEW, answer.isRenew());
        }
        out.put(POLL_END);
    }
}
