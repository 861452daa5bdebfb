package io.fairlead.soap;

import io.fairlead.contract.agent.Alarm;
import io.fairlead.contract.agent.DataItem;
import io.fairlead.contract.agent.Event;
import io.fairlead.contract.agent.InstructionResult;
import io.fairlead.contract.agent.Outcome;
import io.fairlead.contract.agent.Report;
import io.fairlead.contract.agent.Severity;
import io.fairlead.contract.agent.StatusMessage;
import java.util.function.Function;

/** A Report in plain form: what its type requires is there, everything in the order of the schema. */
final class PlainReport {
    private static final byte[] OPEN = Slot.ascii("<Report xmlns=\"" + SoapNames.CONTRACT_NS + "\">");
    private static final byte[] CLOSE = Slot.ascii("</Report>");
    private static final Slot DEVICE = Slot.element("device");
    private static final Slot EPOCH = Slot.element("epoch");
    private static final Slot SENT_AT = Slot.element("sentAt");
    private static final Slot DROPPED = Slot.element("dropped");
    private static final Slot TOKEN = Slot.element("token");

    private static final byte[] MESSAGE = Slot.ascii("<message");
    private static final byte[] MESSAGE_END = Slot.ascii("</message>");
    private static final Slot SEQUENCE = Slot.attribute("sequence");
    private static final Slot OBSERVED_AT = Slot.element("observedAt");

    private static final byte[] ITEM = Slot.ascii("<item");
    private static final byte[] ITEM_END = Slot.ascii("</item>");
    private static final Slot NAME = Slot.attribute("name");
    private static final Slot UNIT = Slot.attribute("unit");
    private static final Slot NUMBER = Slot.element("number");
    private static final Slot TEXT = Slot.element("text");

    private static final byte[] ALARM = Slot.ascii("<alarm");
    private static final byte[] ALARM_END = Slot.ascii("</alarm>");
    private static final byte[] EVENT = Slot.ascii("<event");
    private static final byte[] EVENT_END = Slot.ascii("</event>");
    private static final Slot CODE = Slot.attribute("code");
    private static final Slot SEVERITY = Slot.attribute("severity");
    private static final Slot RAISED = Slot.attribute("raised");

    private static final byte[] RESULT = Slot.ascii("<result");
    private static final byte[] RESULT_END = Slot.ascii("</result>");
    private static final Slot INSTRUCTION = Slot.attribute("instruction");
    private static final Slot OUTCOME = Slot.attribute("outcome");
    private static final Slot FINISHED_AT = Slot.attribute("finishedAt");
    private static final Slot DETAIL = Slot.element("detail");

    private static final byte[] TAG_END = Slot.ascii(">");
    private static final byte[] EMPTY_END = Slot.ascii("/>");

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
        while (in.takes(MESSAGE)) {
            report.getMessage().add(message(in));
        }
        in.take(CLOSE);
        return report;
    }

    private static StatusMessage message(PlainReader in) {
        StatusMessage message = new StatusMessage();
        message.setSequence(in.number(SEQUENCE));
        in.take(TAG_END);
        message.setObservedAt(in.instant(OBSERVED_AT));
        while (in.takes(ITEM)) {
            message.getItem().add(item(in));
        }
        while (in.takes(ALARM)) {
            message.getAlarm().add(alarm(in));
        }
        while (in.takes(EVENT)) {
            message.getEvent().add(event(in));
        }
        while (in.takes(RESULT)) {
            message.getResult().add(result(in));
        }
        in.take(MESSAGE_END);
        return message;
    }

    private static DataItem item(PlainReader in) {
        DataItem item = new DataItem();
        item.setName(in.string(NAME));
        if (in.isAt(UNIT)) {
            item.setUnit(in.string(UNIT));
        }
        in.take(TAG_END);
        if (in.isAt(NUMBER)) {
            item.setNumber(in.decimal(NUMBER));
        } else {
            item.setText(in.string(TEXT));
        }
        in.take(ITEM_END);
        return item;
    }

    private static Alarm alarm(PlainReader in) {
        Alarm alarm = new Alarm();
        alarm.setCode(in.string(CODE));
        alarm.setSeverity(word(in.string(SEVERITY), Severity::fromValue));
        if (in.isAt(RAISED)) {
            alarm.setRaised(in.flag(RAISED));
        }
        if (!in.takes(EMPTY_END)) {
            in.take(TAG_END);
            alarm.setText(in.string(TEXT));
            in.take(ALARM_END);
        }
        return alarm;
    }

    private static Event event(PlainReader in) {
        Event event = new Event();
        event.setCode(in.string(CODE));
        if (in.isAt(SEVERITY)) {
            event.setSeverity(word(in.string(SEVERITY), Severity::fromValue));
        }
        in.take(TAG_END);
        event.setText(in.string(TEXT));
        in.take(EVENT_END);
        return event;
    }

    private static InstructionResult result(PlainReader in) {
        InstructionResult result = new InstructionResult();
        result.setInstruction(in.number(INSTRUCTION));
        result.setOutcome(word(in.string(OUTCOME), Outcome::fromValue));
        result.setFinishedAt(in.instant(FINISHED_AT));
        if (!in.takes(EMPTY_END)) {
            in.take(TAG_END);
            result.setDetail(in.string(DETAIL));
            in.take(RESULT_END);
        }
        return result;
    }

    private static <T> T word(String word, Function<String, T> words) {
        try {
            return words.apply(word);
        } catch (IllegalArgumentException unknown) {
            throw new NotPlain();
        }
    }
}
