package io.fairlead.soap;

import io.fairlead.contract.agent.Alarm;
import io.fairlead.contract.agent.DataItem;
import io.fairlead.contract.agent.Event;
import io.fairlead.contract.agent.InstructionResult;
import io.fairlead.contract.agent.Outcome;
import io.fairlead.contract.agent.Severity;
import io.fairlead.contract.agent.StatusMessage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A StatusMessage in plain form, within a report or as a document of its own, which is what a spool holds. */
final class PlainMessage {
    static final PlainForm<StatusMessage> DOCUMENT = new PlainForm<>(
            StatusMessage.class,
            PlainMessage::content,
            PlainMessage::content,
            Slot.ascii("<StatusMessage xmlns=\"" + SoapNames.CONTRACT_NS + "\""),
            Slot.ascii("</StatusMessage>"));

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

    private PlainMessage() {}

    static boolean isNext(PlainReader in) {
        return in.isAt(MESSAGE);
    }

    static StatusMessage read(PlainReader in) {
        in.take(MESSAGE);
        StatusMessage message = content(in);
        in.take(MESSAGE_END);
        return message;
    }

    static void write(StatusMessage message, PlainWriter out) {
        out.put(MESSAGE);
        content(message, out);
        out.put(MESSAGE_END);
    }

    /** From its first attribute to its last element. */
    private static StatusMessage content(PlainReader in) {
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
        return message;
    }

    private static void content(StatusMessage message, PlainWriter out) {
        out.number(SEQUENCE, message.getSequence());
        out.put(TAG_END);
        out.instant(OBSERVED_AT, message.getObservedAt());
        message.getItem().forEach(each -> item(each, out));
        message.getAlarm().forEach(each -> alarm(each, out));
        message.getEvent().forEach(each -> event(each, out));
        message.getResult().forEach(each -> result(each, out));
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

    private static void item(DataItem item, PlainWriter out) {
        out.put(ITEM);
        out.string(NAME, item.getName());
        if (item.getUnit() != null) {
            out.string(UNIT, item.getUnit());
        }
        out.put(TAG_END);
        if (item.getNumber() != null && item.getText() == null) {
            out.decimal(NUMBER, item.getNumber());
        } else if (item.getNumber() == null) {
            out.string(TEXT, item.getText());
        } else {
            throw new NotPlain();
        }
        out.put(ITEM_END);
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

    private static void alarm(Alarm alarm, PlainWriter out) {
        if (alarm.getSeverity() == null) {
            throw new NotPlain();
        }
        out.put(ALARM);
        out.string(CODE, alarm.getCode());
        out.string(SEVERITY, alarm.getSeverity().value());
        if (alarm.isSetRaised()) {
            out.flag(RAISED, alarm.isRaised());
        }
        end(TEXT, alarm.getText(), ALARM_END, out);
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

    private static void event(Event event, PlainWriter out) {
        out.put(EVENT);
        out.string(CODE, event.getCode());
        if (event.isSetSeverity()) {
            out.string(SEVERITY, event.getSeverity().value());
        }
        out.put(TAG_END);
        out.string(TEXT, event.getText());
        out.put(EVENT_END);
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

    private static void result(InstructionResult result, PlainWriter out) {
        if (result.getOutcome() == null) {
            throw new NotPlain();
        }
        out.put(RESULT);
        out.number(INSTRUCTION, result.getInstruction());
        out.string(OUTCOME, result.getOutcome().value());
        out.instant(FINISHED_AT, result.getFinishedAt());
        end(DETAIL, result.getDetail(), RESULT_END, out);
    }

    /** Of an element that is empty, or holds this one. */
    private static void end(Slot slot, @Nullable String text, byte[] end, PlainWriter out) {
        if (text == null) {
            out.put(EMPTY_END);
        } else {
            out.put(TAG_END);
            out.string(slot, text);
            out.put(end);
        }
    }

    private static <T> T word(String word, Function<String, T> words) {
        try {
            return words.apply(word);
        } catch (IllegalArgumentException unknown) {
            throw new NotPlain();
        }
    }
}
