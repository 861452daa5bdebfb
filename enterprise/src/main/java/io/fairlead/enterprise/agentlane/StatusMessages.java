package io.fairlead.enterprise.agentlane;

import io.fairlead.contract.agent.Alarm;
import io.fairlead.contract.agent.Event;
import io.fairlead.enterprise.instruction.Outcome;
import io.fairlead.enterprise.status.AlarmChange;
import io.fairlead.enterprise.status.DataItem;
import io.fairlead.enterprise.status.DeviceEvent;
import io.fairlead.enterprise.status.InstructionResult;
import io.fairlead.enterprise.status.Parsed;
import io.fairlead.enterprise.status.Severity;
import io.fairlead.enterprise.status.StatusMessage;
import io.fairlead.soap.Documents;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Status messages from the wire's words to the feature's. One that does not fit harms none of its neighbours. */
final class StatusMessages {
    private final Documents documents;

    StatusMessages(Documents documents) {
        this.documents = documents;
    }

    /** @throws Refusal INVALID when not even the sequence can be told */
    Parsed parse(io.fairlead.contract.agent.StatusMessage wire) {
        try {
            return new Parsed.Fit(message(wire));
        } catch (Refusal refused) {
            return new Parsed.Unfit(wire.getSequence(), refused.fault(), left(wire));
        }
    }

    /** For a person to look at; of a message that cannot even be written, which things it was about. */
    private byte[] left(io.fairlead.contract.agent.StatusMessage wire) {
        try {
            return documents.write(wire);
        } catch (IllegalArgumentException unwritable) {
            String gist = "sequence=" + wire.getSequence() + " observedAt=" + wire.getObservedAt()
                    + " items="
                    + wire.getItem().stream()
                            .map(io.fairlead.contract.agent.DataItem::getName)
                            .toList()
                    + " alarms=" + wire.getAlarm().stream().map(Alarm::getCode).toList()
                    + " events=" + wire.getEvent().stream().map(Event::getCode).toList()
                    + " results=" + wire.getResult().size();
            return gist.getBytes(StandardCharsets.UTF_8);
        }
    }

    private static StatusMessage message(io.fairlead.contract.agent.StatusMessage wire) {
        return new StatusMessage(
                wire.getSequence(),
                there("observedAt", wire.getObservedAt()),
                items(wire.getItem()),
                alarms(wire.getAlarm()),
                events(wire.getEvent()),
                results(wire.getResult()));
    }

    private static List<DataItem> items(List<io.fairlead.contract.agent.DataItem> wire) {
        List<DataItem> items = new ArrayList<>(wire.size());
        for (io.fairlead.contract.agent.DataItem each : wire) {
            items.add(
                    new DataItem(there("item name", each.getName()), each.getNumber(), each.getText(), each.getUnit()));
        }
        return items;
    }

    private static List<AlarmChange> alarms(List<Alarm> wire) {
        List<AlarmChange> alarms = new ArrayList<>(wire.size());
        for (Alarm each : wire) {
            alarms.add(new AlarmChange(
                    there("alarm code", each.getCode()),
                    severity(each.getSeverity()),
                    each.getText(),
                    each.isRaised()));
        }
        return alarms;
    }

    private static List<DeviceEvent> events(List<Event> wire) {
        List<DeviceEvent> events = new ArrayList<>(wire.size());
        for (Event each : wire) {
            events.add(new DeviceEvent(
                    there("event code", each.getCode()),
                    severity(each.getSeverity()),
                    there("event text", each.getText())));
        }
        return events;
    }

    private static List<InstructionResult> results(List<io.fairlead.contract.agent.InstructionResult> wire) {
        List<InstructionResult> results = new ArrayList<>(wire.size());
        for (io.fairlead.contract.agent.InstructionResult each : wire) {
            results.add(new InstructionResult(
                    each.getInstruction(),
                    Outcome.valueOf(there("outcome", each.getOutcome()).value()),
                    Objects.requireNonNullElse(each.getDetail(), ""),
                    there("finishedAt", each.getFinishedAt())));
        }
        return results;
    }

    private static Severity severity(io.fairlead.contract.agent.@Nullable Severity wire) {
        return Severity.valueOf(there("severity", wire).name());
    }

    private static <T> T there(String what, @Nullable T value) {
        if (value == null) {
            throw new Refusal(Fault.INVALID, what + " is missing");
        }
        return value;
    }
}
