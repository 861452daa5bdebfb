package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Reported;
import io.fairlead.enterprise.fleet.Reporting;
import io.fairlead.enterprise.instruction.Result;
import io.fairlead.enterprise.status.GroupRows.EventRow;
import io.fairlead.enterprise.status.GroupRows.ItemKey;
import io.fairlead.enterprise.status.GroupRows.MessageKey;
import io.fairlead.enterprise.status.GroupRows.MessageRow;
import io.fairlead.enterprise.status.GroupRows.QuarantineRow;
import io.fairlead.enterprise.status.GroupRows.StreamKey;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides, message by message, what a group's transaction writes. It knows what the transaction has locked and read, and
 * asks nobody else.
 *
 * <pre>
 *   a token that is not in step with the device's polls ─▶ the whole slice is refused
 *   sequence ≤ the stream's last ─▶ duplicate (named again if it is in quarantine)
 *   unfit, implausible, too many items ─▶ rejected, quarantine
 *   else ─▶ stored
 * </pre>
 */
final class Decision {
    /**
     * What the transaction has read under its locks.
     *
     * @param reporting whose reports are taken, of each device
     * @param last of each stream; a device that is not registered has none
     * @param quarantined of the messages that were sent once more
     * @param unknown items that have never been seen
     * @param counts of the devices that have such items
     */
    record Known(
            Map<DeviceId, Reporting> reporting,
            Map<StreamKey, Long> last,
            Map<MessageKey, Fault> quarantined,
            Set<ItemKey> unknown,
            Map<String, ItemCount> counts) {}

    private final Instant now;
    private final Known known;
    private final GroupRows rows = new GroupRows();

    Decision(Instant now, Known known) {
        this.now = now;
        this.known = known;
    }

    GroupRows rows() {
        return rows;
    }

    SliceOutcome take(Slice slice) {
        String device = slice.device().value();
        StreamKey stream = new StreamKey(device, slice.epoch());
        Long last = known.last().get(stream);
        if (last == null) {
            return SliceOutcome.refused(
                    known.reporting().containsKey(slice.device())
                            ? new Refusal(Fault.TOO_MANY_ITEMS, "device=" + device + " has too many spools")
                            : new Refusal(Fault.UNKNOWN_DEVICE, "device=" + device));
        }
        Reporting reporting = known.reporting().get(slice.device());
        Optional<Fault> fault = reporting == null ? Optional.empty() : reporting.refuses(slice.token());
        if (fault.isPresent()) {
            return SliceOutcome.refused(new Refusal(fault.get(), "device=" + device + " by its rolling token"));
        }
        rows.contacts.put(
                device, new Reported(slice.device(), slice.clockOffset().toMillis(), slice.dropped()));
        List<ReportAnswer.Rejection> rejected = new ArrayList<>(0);
        int stored = 0;
        int duplicates = 0;
        long top = last;
        for (Parsed message : slice.messages()) {
            if (message.sequence() <= last) {
                duplicates++;
                Fault refused = known.quarantined().get(new MessageKey(device, slice.epoch(), message.sequence()));
                if (refused != null) {
                    rejected.add(new ReportAnswer.Rejection(message.sequence(), refused));
                }
                continue;
            }
            top = message.sequence();
            Parsed judged = judge(slice, message);
            if (judged instanceof Parsed.Unfit unfit) {
                rows.quarantine.add(new QuarantineRow(stream, unfit));
                rejected.add(new ReportAnswer.Rejection(unfit.sequence(), unfit.fault()));
            } else if (judged instanceof Parsed.Fit fit) {
                store(slice, stream, fit.message());
                stored++;
            }
        }
        if (top > last) {
            rows.streams.put(stream, top);
        }
        return new SliceOutcome(top, rejected, stored, duplicates, null);
    }

    private Parsed judge(Slice slice, Parsed parsed) {
        if (!(parsed instanceof Parsed.Fit fit)) {
            return parsed;
        }
        if (!Times.plausible(corrected(slice, fit.message().observedAt()), now)) {
            return fit.refused(Fault.OBSERVED_AT);
        }
        for (InstructionResult result : fit.message().results()) {
            // Not whether it is plausible: an outcome must not be lost because a clock was set right in between.
            if (!Times.storable(corrected(slice, result.finishedAt()))) {
                return fit.refused(Fault.OBSERVED_AT);
            }
        }
        return newItemsFit(slice.device().value(), fit.message()) ? fit : fit.refused(Fault.TOO_MANY_ITEMS);
    }

    /** A message's new items are taken together or not at all. */
    private boolean newItemsFit(String device, StatusMessage message) {
        if (known.unknown().isEmpty()) {
            return true;
        }
        List<ItemKey> fresh = message.items().stream()
                .map(item -> new ItemKey(device, item.name()))
                .filter(known.unknown()::contains)
                .toList();
        if (fresh.isEmpty()) {
            return true;
        }
        ItemCount count = known.counts().getOrDefault(device, new ItemCount(0, 0, now));
        if (!count.takes(fresh.size(), now)) {
            return false;
        }
        known.counts().put(device, count.and(fresh.size()));
        fresh.forEach(known.unknown()::remove);
        rows.fresh.addAll(fresh);
        return true;
    }

    private void store(Slice slice, StreamKey stream, StatusMessage message) {
        String device = stream.device();
        OffsetDateTime observedAt = utc(corrected(slice, message.observedAt()));
        rows.message(new MessageRow(stream, message.sequence(), observedAt, message.items()));
        for (AlarmChange alarm : message.alarms()) {
            rows.alarms.add(device, alarm, observedAt);
        }
        for (DeviceEvent event : message.events()) {
            rows.events.add(new EventRow(device, event, observedAt));
        }
        for (InstructionResult result : message.results()) {
            rows.results.add(new Result(
                    slice.device(),
                    result.instruction(),
                    result.outcome(),
                    result.detail(),
                    corrected(slice, result.finishedAt())));
        }
    }

    /** Micros, as PostgreSQL keeps them. */
    private static Instant corrected(Slice slice, Instant time) {
        Duration correction = Times.correction(slice.clockOffset());
        return time.minus(correction).truncatedTo(ChronoUnit.MICROS);
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
