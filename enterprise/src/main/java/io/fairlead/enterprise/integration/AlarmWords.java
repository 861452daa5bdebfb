package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.alarm.Alarm;
import io.fairlead.contract.integration.alarm.AlarmComment;
import io.fairlead.contract.integration.alarm.AlarmCriteria;
import io.fairlead.contract.integration.alarm.AlarmList;
import io.fairlead.contract.integration.alarm.AlarmPage;
import io.fairlead.contract.integration.alarm.AlarmRecord;
import io.fairlead.contract.integration.alarm.AlarmSort;
import io.fairlead.contract.integration.alarm.AlarmState;
import io.fairlead.contract.integration.alarm.CommentList;
import io.fairlead.contract.integration.alarm.Event;
import io.fairlead.contract.integration.alarm.EventCriteria;
import io.fairlead.contract.integration.alarm.EventList;
import io.fairlead.contract.integration.alarm.EventPage;
import io.fairlead.contract.integration.common.Severity;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.status.AlarmFilter;
import io.fairlead.enterprise.status.AlarmSearch;
import io.fairlead.enterprise.status.Events;
import io.fairlead.enterprise.status.PastEvent;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The contract's words for alarms and events, and ours. */
final class AlarmWords {
    private AlarmWords() {}

    static AlarmFilter filter(AlarmCriteria wanted) {
        return new AlarmFilter(
                wanted.getDevice() == null ? null : new DeviceId(wanted.getDevice()),
                wanted.getCustomer(),
                wanted.getSite(),
                wanted.getRegion(),
                wanted.getModel(),
                wanted.getCode(),
                wanted.getSeverity().stream().map(AlarmWords::severity).collect(Collectors.toUnmodifiableSet()),
                wanted.getState() == null ? null : wanted.getState() == AlarmState.OPEN,
                wanted.isAcknowledged(),
                wanted.getRaisedFrom(),
                wanted.getRaisedTo());
    }

    static io.fairlead.enterprise.status.AlarmSort sort(@Nullable AlarmSort by) {
        if (by == null) {
            return io.fairlead.enterprise.status.AlarmSort.ID;
        }
        return switch (by) {
            case ID -> io.fairlead.enterprise.status.AlarmSort.ID;
            case SEVERITY -> io.fairlead.enterprise.status.AlarmSort.SEVERITY;
            case DEVICE -> io.fairlead.enterprise.status.AlarmSort.DEVICE;
            case RAISED_AT -> io.fairlead.enterprise.status.AlarmSort.RAISED;
            case LAST_SEEN -> io.fairlead.enterprise.status.AlarmSort.SEEN;
        };
    }

    private static io.fairlead.enterprise.status.Severity severity(Severity said) {
        return switch (said) {
            case INFO -> io.fairlead.enterprise.status.Severity.INFO;
            case WARNING -> io.fairlead.enterprise.status.Severity.WARNING;
            case ERROR -> io.fairlead.enterprise.status.Severity.ERROR;
            case CRITICAL -> io.fairlead.enterprise.status.Severity.CRITICAL;
        };
    }

    static AlarmPage page(AlarmSearch.Page found, int size) {
        AlarmList list = new AlarmList();
        found.alarms().forEach(each -> list.getAlarm().add(alarm(each.alarm(), each.comments())));
        AlarmPage page = new AlarmPage();
        page.setTotalCount(found.total());
        page.setPageNumber(found.page());
        page.setPageSize(size);
        page.setAlarms(list);
        return page;
    }

    static AlarmRecord record(io.fairlead.enterprise.status.Alarm found) {
        CommentList comments = new CommentList();
        found.comments().forEach(each -> {
            AlarmComment comment = new AlarmComment();
            comment.setBy(each.by());
            comment.setAt(each.at());
            comment.setText(each.text());
            comments.getComment().add(comment);
        });
        AlarmRecord record = new AlarmRecord();
        record.setAlarm(alarm(found, found.comments().size()));
        record.setComments(comments);
        return record;
    }

    private static Alarm alarm(io.fairlead.enterprise.status.Alarm found, int comments) {
        Alarm alarm = new Alarm();
        alarm.setId(found.id());
        alarm.setDevice(found.device().value());
        alarm.setCode(found.code());
        alarm.setSeverity(Severity.fromValue(found.severity().key()));
        alarm.setText(found.text());
        alarm.setState(found.isOpen() ? AlarmState.OPEN : AlarmState.PAST);
        alarm.setRaisedAt(found.raisedAt());
        alarm.setLastSeen(found.lastSeen());
        alarm.setCount(found.count());
        alarm.setReceivedAt(found.receivedAt());
        if (found.acknowledged() != null) {
            alarm.setAcknowledgedBy(found.acknowledged().by());
            alarm.setAcknowledgedAt(found.acknowledged().at());
        }
        alarm.setClearedAt(found.clearedAt());
        alarm.setClosedBy(found.closedBy());
        alarm.setCommentCount(comments);
        return alarm;
    }

    static Events.Wanted wanted(EventCriteria wanted) {
        return new Events.Wanted(
                wanted.getLeastSeverity() == null
                        ? io.fairlead.enterprise.status.Severity.INFO
                        : severity(wanted.getLeastSeverity()),
                wanted.getFrom(),
                wanted.getTo());
    }

    static EventPage page(String device, Events.Page found) {
        EventList list = new EventList();
        found.events().forEach(each -> list.getEvent().add(event(device, each)));
        EventPage page = new EventPage();
        page.setEvents(list);
        Events.Place next = found.next();
        page.setNext(next == null ? null : Cursors.of(next.receivedAt(), next.skip()));
        return page;
    }

    private static Event event(String device, PastEvent each) {
        Event event = new Event();
        event.setDevice(device);
        event.setCode(each.code());
        event.setSeverity(Severity.fromValue(each.severity().key()));
        event.setText(each.text());
        event.setObservedAt(each.observedAt());
        event.setReceivedAt(each.receivedAt());
        return event;
    }
}
