package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.status.Alarm;
import io.fairlead.enterprise.status.Events;
import io.fairlead.enterprise.status.PastEvent;
import io.fairlead.enterprise.status.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The alarms and events of a device. Those that are open stand in the head.
 *
 * @param past a page of those that are over
 * @param older the address of the next page of them; null when this is the last
 * @param first whether these are the first pages of both
 * @param least the severity from which on events are shown
 * @param mending what somebody typed that could not be taken; null when nobody did
 */
public record DeviceAlarms(
        DeviceHead head,
        List<Alarm> past,
        @Nullable String older,
        List<PastEvent> events,
        @Nullable String olderEvents,
        boolean first,
        Severity least,
        @Nullable Mending mending) {
    /**
     * A form to be mended.
     *
     * @param alarm which alarm's
     * @param deed {@code acknowledge}, {@code comment} or {@code close}
     */
    public record Mending(long alarm, String deed, Form form) {}

    public DeviceAlarms {
        past = List.copyOf(past);
        events = List.copyOf(events);
    }

    /** The form of a deed on an alarm, with what was typed into it. */
    public Form form(long alarm, String deed) {
        return mending != null && mending.alarm() == alarm && mending.deed().equals(deed)
                ? mending.form()
                : Form.blank();
    }

    /** Which deed's form is open because it is to be mended; empty for none. */
    public String opened(long alarm) {
        return mending != null && mending.alarm() == alarm ? mending.deed() : "";
    }

    static String place(Events.Place place) {
        return place.receivedAt() + "~" + place.skip();
    }
}
