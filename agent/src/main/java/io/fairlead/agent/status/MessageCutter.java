package io.fairlead.agent.status;

import io.fairlead.contract.agent.Alarm;
import io.fairlead.contract.agent.DataItem;
import io.fairlead.contract.agent.Event;
import io.fairlead.contract.agent.StatusMessage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Cuts what is to be told into messages of the usual size, 0.5 to 3 KB, within the contract's counts. */
final class MessageCutter {
    static final int MAX_ITEMS = 200;
    private static final int MAX_ALARMS = 50;
    private static final int MAX_EVENTS = 100;
    private static final int MAX_BYTES = 3000;
    private static final int ENVELOPE = 120;

    private final Instant observedAt;
    private final List<StatusMessage> messages = new ArrayList<>();
    private int bytes;

    MessageCutter(Instant observedAt) {
        this.observedAt = observedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Begins a new message with the next thing. */
    void cut() {
        bytes = MAX_BYTES;
    }

    void item(DataItem item) {
        int size = 60 + item.getName().length() + (item.getText() == null ? 20 : length(item.getText()));
        StatusMessage message = room(size);
        if (message.getItem().size() == MAX_ITEMS) {
            cut();
            message = room(size);
        }
        message.getItem().add(item);
    }

    void alarm(Alarm alarm) {
        int size = 80 + alarm.getCode().length() + (alarm.getText() == null ? 0 : length(alarm.getText()));
        StatusMessage message = room(size);
        if (message.getAlarm().size() == MAX_ALARMS || names(message, alarm.getCode())) {
            cut();
            message = room(size);
        }
        message.getAlarm().add(alarm);
    }

    void event(Event event) {
        int size = 60 + event.getCode().length() + length(event.getText());
        StatusMessage message = room(size);
        if (message.getEvent().size() == MAX_EVENTS) {
            cut();
            message = room(size);
        }
        message.getEvent().add(event);
    }

    List<StatusMessage> messages() {
        return messages;
    }

    private StatusMessage room(int size) {
        if (messages.isEmpty() || bytes + size > MAX_BYTES) {
            StatusMessage message = new StatusMessage();
            message.setObservedAt(observedAt);
            messages.add(message);
            bytes = ENVELOPE;
        }
        bytes += size;
        return messages.get(messages.size() - 1);
    }

    private static boolean names(StatusMessage message, String code) {
        for (Alarm alarm : message.getAlarm()) {
            if (alarm.getCode().equals(code)) {
                return true;
            }
        }
        return false;
    }

    /** Bytes in XML, near enough. */
    private static int length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length += c == '<' || c == '>' || c == '&' || c == '"' ? 5 : c < 0x80 ? 1 : 3;
        }
        return length;
    }
}
