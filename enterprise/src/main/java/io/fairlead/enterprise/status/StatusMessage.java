package io.fairlead.enterprise.status;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a device saw at one moment.
 *
 * @param sequence its number within the epoch, 1 or more
 * @param observedAt by the device's clock
 * @param items at most 200, each name once
 * @param alarms at most 50, each code once
 * @param events at most 100
 * @param results at most 50
 */
public record StatusMessage(
        long sequence,
        Instant observedAt,
        List<DataItem> items,
        List<AlarmChange> alarms,
        List<DeviceEvent> events,
        List<InstructionResult> results) {
    /** Throws a Refusal, DUPLICATE_ITEM or INVALID, that says what is wrong. */
    public StatusMessage {
        if (sequence < 1) {
            throw new Refusal(Fault.INVALID, "a message's sequence is 1 or more");
        }
        Times.check("observedAt", observedAt);
        items = List.copyOf(items);
        alarms = List.copyOf(alarms);
        events = List.copyOf(events);
        results = List.copyOf(results);
        Words.atMost("items", items, 200);
        Words.atMost("alarms", alarms, 50);
        Words.atMost("events", events, 100);
        Words.atMost("results", results, 50);
        Set<String> seen = new HashSet<>();
        for (DataItem item : items) {
            if (!seen.add(item.name())) {
                throw new Refusal(Fault.DUPLICATE_ITEM, "an item is named twice");
            }
        }
        seen.clear();
        for (AlarmChange alarm : alarms) {
            if (!seen.add(alarm.code())) {
                throw new Refusal(Fault.INVALID, "an alarm's code comes twice");
            }
        }
    }

    /** About so many bytes in memory. */
    long bytes() {
        long bytes = 200 + 150L * (items.size() + alarms.size() + events.size() + results.size());
        for (DataItem item : items) {
            bytes += length(item.text());
        }
        for (AlarmChange alarm : alarms) {
            bytes += length(alarm.text());
        }
        for (DeviceEvent event : events) {
            bytes += length(event.text());
        }
        for (InstructionResult result : results) {
            bytes += length(result.detail());
        }
        return bytes;
    }

    private static long length(@Nullable String text) {
        return text == null ? 0 : 2L * text.length();
    }
}
