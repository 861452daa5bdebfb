package io.fairlead.agent.status;

import io.fairlead.contract.agent.Alarm;
import io.fairlead.contract.agent.DataItem;
import io.fairlead.contract.agent.Event;
import io.fairlead.contract.agent.Severity;
import io.fairlead.contract.agent.StatusMessage;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what probes found into messages. Alarms go at once and urgently, on change only; events and records go with the
 * turn in which they were found; values seen in logs wait for the next sample, the latest of each item.
 *
 * <p>Order at the disk: messages are put into the spool first, bookmarks are forced after. An agent killed between the
 * two repeats what it found in its last turn; it loses nothing. Both threads of the room come here; one lock.
 */
final class Reporter {
    static final int MAX_DEVICE_ITEMS = 500;
    private static final int MAX_UNSENT = 1000;
    private static final long LAZY_FLUSH_SECONDS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

    private final Sink sink;
    private final StatusSettings settings;
    private final Bookmarks bookmarks;
    private final Clock clock;

    private final AlarmBoard alarms;
    private final EventQuota quota = new EventQuota();
    private final Map<String, DataItem> latest = new LinkedHashMap<>();
    private final Set<String> items = new HashSet<>();
    private final Deque<Unsent> unsent = new ArrayDeque<>();
    private boolean itemsFull;
    private boolean itemsFullTold;
    private boolean flushDue;
    private boolean sinkFailed;
    /** Messages that the spool did not take and that found no room here. */
    private long lost;

    private Instant flushed;

    private record Unsent(StatusMessage message, boolean urgent) {}

    Reporter(Sink sink, StatusSettings settings, Bookmarks bookmarks, Clock clock) {
        this.sink = sink;
        this.settings = settings;
        this.bookmarks = bookmarks;
        this.clock = clock;
        this.alarms = new AlarmBoard(bookmarks);
        this.flushed = clock.instant();
        bookmarks.under("value/").forEach((item, value) -> {
            WaitingValue.read(item, value).filter(this::mayReport).ifPresent(waiting -> latest.put(item, waiting));
            if (!latest.containsKey(item)) {
                bookmarks.remove("value/" + item);
            }
        });
    }

    /** Takes over what a watching probe found; its values wait for the next sample. */
    synchronized void watched(String probe, Batch batch) {
        batch.values().forEach((item, value) -> {
            // Who writes the log may name the items; no more are kept than may be reported.
            if (mayReport(value)) {
                latest.put(item, value);
                bookmarks.put("value/" + item, WaitingValue.write(value));
            }
        });
        tell(probe, batch);
    }

    /** Takes over what sampling probes found, and sends it with the values that waited; how many values that were. */
    synchronized int sampled(Map<String, Batch> batches) {
        Map<String, DataItem> values = new LinkedHashMap<>(latest);
        batches.forEach((probe, batch) -> {
            values.putAll(batch.values());
            tell(probe, batch);
        });
        MessageCutter cutter = new MessageCutter(clock.instant());
        int told = 0;
        for (DataItem value : values.values()) {
            if (mayReport(value)) {
                cutter.item(value);
                told++;
            }
        }
        send(cutter, false);
        latest.keySet().forEach(item -> bookmarks.remove("value/" + item));
        latest.clear();
        return told;
    }

    private void tell(String probe, Batch batch) {
        if (batch.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        long minute = now.getEpochSecond() / 60;
        batch.remembered().forEach(bookmarks::put);
        flushDue |= batch.rememberedFirst();
        tellAlarms(alarms.changes(batch.alarms(), minute), now);
        MessageCutter cutter = new MessageCutter(now);
        for (Event event : batch.events()) {
            if (quota.take(probe, minute, settings.eventsPerMinute())) {
                cutter.event(event);
            }
        }
        quota.refuse(probe, batch.moreEvents());
        for (List<DataItem> record : batch.records()) {
            cutter.cut();
            for (DataItem value : record) {
                if (mayReport(value)) {
                    cutter.item(value);
                }
            }
        }
        send(cutter, false);
    }

    private void tellAlarms(List<Alarm> changes, Instant now) {
        MessageCutter cutter = new MessageCutter(now);
        changes.forEach(cutter::alarm);
        send(cutter, true);
    }

    private boolean mayReport(DataItem value) {
        if (items.contains(value.getName())) {
            return true;
        }
        if (items.size() == MAX_DEVICE_ITEMS) {
            itemsFull = true;
            return false;
        }
        return items.add(value.getName());
    }

    /** Ends a turn: what waited for its time, what did not fit, what could not be sent, the bookmarks. */
    synchronized void endOfTurn() {
        Instant now = clock.instant();
        long minute = now.getEpochSecond() / 60;
        tellAlarms(alarms.waiting(minute), now);
        Batch own = new Batch();
        quota.refusedBefore(minute)
                .forEach((probe, count) -> own.event(
                        "events.suppressed", Severity.WARNING, probe + ": " + count + " events in a minute not sent"));
        if (alarms.overflowed()) {
            own.event(
                    "alarms.overflow", Severity.ERROR, "more than " + AlarmBoard.MAX_CODES + " alarms: some not sent");
        }
        if (itemsFull && !itemsFullTold) {
            itemsFullTold = true;
            own.event("items.overflow", Severity.ERROR, "more than " + MAX_DEVICE_ITEMS + " items: some not sent");
        }
        if (lost > 0 && !sinkFailed) {
            own.event("messages.lost", Severity.ERROR, lost + " messages could not be kept: the disk took nothing");
            lost = 0;
        }
        tell("agent", own);
        drain();
        keepBookmarks(now);
    }

    private void send(MessageCutter cutter, boolean urgent) {
        for (StatusMessage message : cutter.messages()) {
            unsent.add(new Unsent(message, urgent));
            flushDue = true;
        }
        drain();
    }

    private void drain() {
        try {
            for (Unsent next = unsent.peek(); next != null; next = unsent.peek()) {
                sink.put(next.message(), next.urgent());
                unsent.remove();
            }
            sinkFailed = false;
        } catch (RuntimeException e) {
            if (!sinkFailed) {
                LOG.warn("spool=refused waiting={} cause={}", unsent.size(), e.toString());
            }
            sinkFailed = true;
            while (unsent.size() > MAX_UNSENT) {
                unsent.remove();
                lost++;
            }
        }
    }

    private void keepBookmarks(Instant now) {
        if (bookmarks.changed() && unsent.isEmpty() && (flushDue || lazyFlushDue(now))) {
            flush(now);
        }
    }

    private boolean lazyFlushDue(Instant now) {
        return now.isAfter(flushed.plusSeconds(LAZY_FLUSH_SECONDS)) || now.isBefore(flushed);
    }

    /** Forces the bookmarks, unless something that they count as told is not in the spool. */
    synchronized void close() {
        drain();
        if (unsent.isEmpty() && bookmarks.changed()) {
            flush(clock.instant());
        }
    }

    private void flush(Instant now) {
        try {
            bookmarks.flush();
            flushDue = false;
        } catch (IOException e) {
            LOG.warn("bookmarks=unwritten cause={}", e.toString());
        }
        flushed = now;
    }

    /** A mark of an earlier run. */
    synchronized Optional<String> remembered(String key) {
        return bookmarks.get(key);
    }
}
