package io.fairlead.soap;

import io.fairlead.contract.agent.Rejected;
import io.fairlead.contract.agent.ReportResponse;

/** A ReportResponse in plain form. */
final class PlainReportResponse {
    private static final byte[] OPEN = Slot.ascii("<ReportResponse xmlns=\"" + SoapNames.CONTRACT_NS + "\">");
    private static final byte[] CLOSE = Slot.ascii("</ReportResponse>");
    private static final Slot EPOCH = Slot.element("epoch");
    private static final Slot COMMITTED = Slot.element("committed");
    private static final byte[] REJECTED = Slot.ascii("<rejected");
    private static final Slot SEQUENCE = Slot.attribute("sequence");
    private static final Slot FAULT = Slot.attribute("fault");
    private static final Slot SERVER_TIME = Slot.element("serverTime");
    private static final byte[] EMPTY_END = Slot.ascii("/>");

    private PlainReportResponse() {}

    static ReportResponse read(PlainReader in) {
        in.take(OPEN);
        ReportResponse answer = new ReportResponse();
        answer.setEpoch(in.string(EPOCH));
        answer.setCommitted(in.number(COMMITTED));
        while (in.takes(REJECTED)) {
            Rejected each = new Rejected();
            each.setSequence(in.number(SEQUENCE));
            each.setFault(in.string(FAULT));
            in.take(EMPTY_END);
            answer.getRejected().add(each);
        }
        answer.setServerTime(in.instant(SERVER_TIME));
        in.take(CLOSE);
        return answer;
    }

    static void write(ReportResponse answer, PlainWriter out) {
        out.put(OPEN);
        out.string(EPOCH, answer.getEpoch());
        out.number(COMMITTED, answer.getCommitted());
        for (Rejected each : answer.getRejected()) {
            out.put(REJECTED);
            out.number(SEQUENCE, each.getSequence());
            out.string(FAULT, each.getFault());
            out.put(EMPTY_END);
        }
        out.instant(SERVER_TIME, answer.getServerTime());
        out.put(CLOSE);
    }
}
