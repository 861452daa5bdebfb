package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.Reported;
import io.fairlead.enterprise.instruction.Result;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one transaction is to write, collected in the order in which it is decided. */
final class GroupRows {
    /** A spool of a device. */
    record StreamKey(String device, String epoch) {}

    /** An item of a device. */
    record ItemKey(String device, String item) {}

    /** A message of a spool. */
    record MessageKey(String device, String epoch, long sequence) {}

    record MessageRow(StreamKey stream, long sequence, OffsetDateTime observedAt, List<DataItem> items) {}

    record EventRow(String device, DeviceEvent event, OffsetDateTime observedAt) {}

    record QuarantineRow(StreamKey stream, Parsed.Unfit unfit) {}

    final List<EventRow> events = new ArrayList<>();
    final List<QuarantineRow> quarantine = new ArrayList<>();
    final List<Result> results = new ArrayList<>();
    final AlarmRounds alarms = new AlarmRounds();
    final Map<StreamKey, Long> streams = new LinkedHashMap<>();
    /** Items to be made. */
    final Set<ItemKey> fresh = new LinkedHashSet<>();

    final Map<String, Reported> contacts = new LinkedHashMap<>();
    private final List<MessageRow> messages = new ArrayList<>();
    private final Set<String> devices = new HashSet<>();
    private final Set<String> severalOf = new HashSet<>();
    private int items;

    void message(MessageRow row) {
        messages.add(row);
        items += row.items().size();
        if (!devices.add(row.stream().device())) {
            severalOf.add(row.stream().device());
        }
    }

    List<MessageRow> messages() {
        return messages;
    }

    /** How many all messages have. */
    int items() {
        return items;
    }

    /**
     * Which message has the newest value of each item, as far as its device has several messages. What claims to be from
     * the future counts as observed now; otherwise nothing would replace it until then.
     */
    Map<ItemKey, MessageRow> newest(OffsetDateTime now) {
        Map<ItemKey, MessageRow> newest = new HashMap<>();
        if (severalOf.isEmpty()) {
            return newest;
        }
        for (MessageRow row : messages) {
            String device = row.stream().device();
            if (severalOf.contains(device)) {
                row.items()
                        .forEach(item -> newest.merge(
                                new ItemKey(device, item.name()),
                                row,
                                (known, later) -> atMost(now, later).isBefore(atMost(now, known)) ? known : later));
            }
        }
        return newest;
    }

    private static OffsetDateTime atMost(OffsetDateTime now, MessageRow row) {
        return row.observedAt().isAfter(now) ? now : row.observedAt();
    }
}
