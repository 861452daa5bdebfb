package io.fairlead.soap;

import io.fairlead.contract.agent.Report;
import io.fairlead.contract.agent.StatusMessage;

/** A Report in plain form: what its type requires is there, everything in the order of the schema. */
final class PlainReport {
    private static final byte[] OPEN = Slot.ascii("<Report xmlns=\"" + SoapNames.CONTRACT_NS + "\">");
    private static final byte[] CLOSE = Slot.ascii("</Report>");
    private static final Slot DEVICE = Slot.element("device");
    private static final Slot EPOCH = Slot.element("epoch");
    private static final Slot SENT_AT = Slot.element("sentAt");
    private static final Slot DROPPED = Slot.element("dropped");
    private static final Slot TOKEN = Slot.element("token");

    private PlainReport() {}

    static Report read(PlainReader in) {
        in.take(OPEN);
        Report report = new Report();
        report.setDevice(in.string(DEVICE));
        report.setEpoch(in.string(EPOCH));
        report.setSentAt(in.instant(SENT_AT));
        if (in.isAt(DROPPED)) {
            report.setDropped(in.number(DROPPED));
        }
        if (in.isAt(TOKEN)) {
            report.setToken(in.string(TOKEN));
        }
        while (PlainMessage.isNext(in)) {
            report.getMessage().add(PlainMessage.read(in));
        }
        in.take(CLOSE);
        return report;
    }

    static void write(Report report, PlainWriter out) {
        out.put(OPEN);
        out.string(DEVICE, report.getDevice());
        out.string(EPOCH, report.getEpoch());
        out.instant(SENT_AT, report.getSentAt());
        if (report.getDropped() != null) {
            out.number(DROPPED, report.getDropped());
        }
        if (report.getToken() != null) {
            out.string(TOKEN, report.getToken());
        }
        for (StatusMessage each : report.getMessage()) {
            PlainMessage.write(each, out);
        }
        out.put(CLOSE);
    }
}
