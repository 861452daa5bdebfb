package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.Reported;
import io.fairlead.enterprise.instruction.Result;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one transaction is to write, collected in the order in which it is decided. */
final class GroupRows {
    /** A spool of a device. */
    record StreamKey(String device, String epoch) {}

    /** An item of a device. */
    record ItemKey(String device, String item) {}

    /** A message of a spool. */
    record MessageKey(String device, String epoch, long sequence) {}

    record MessageRow(StreamKey stream, long sequence, OffsetDateTime observedAt) {}

    record ItemRow(String device, DataItem item, OffsetDateTime observedAt) {}

    record EventRow(String device, DeviceEvent event, OffsetDateTime observedAt) {}

    record QuarantineRow(StreamKey stream, Parsed.Unfit unfit) {}

    final List<MessageRow> messages = new ArrayList<>();
    final List<ItemRow> items = new ArrayList<>();
    final List<EventRow> events = new ArrayList<>();
    final List<QuarantineRow> quarantine = new ArrayList<>();
    final List<Result> results = new ArrayList<>();
    final AlarmRounds alarms = new AlarmRounds();
    final Map<StreamKey, Long> streams = new LinkedHashMap<>();
    final Map<String, Reported> contacts = new LinkedHashMap<>();
    private final Map<ItemKey, ItemRow> latest = new LinkedHashMap<>();

    /**
     * A statement may upsert a row once, so that of each item only the value observed last is kept. As the latest it counts
     * as observed now when it claims to be from the future; otherwise nothing would replace it until then.
     */
    void item(ItemRow row, OffsetDateTime now) {
        items.add(row);
        latest.merge(
                new ItemKey(row.device(), row.item().name()),
                row.observedAt().isAfter(now) ? new ItemRow(row.device(), row.item(), now) : row,
                (known, newer) -> newer.observedAt().isBefore(known.observedAt()) ? known : newer);
    }

    List<ItemRow> latest() {
        return new ArrayList<>(latest.values());
    }
}
