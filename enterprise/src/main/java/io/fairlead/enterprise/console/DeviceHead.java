package io.fairlead.enterprise.console;

import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Entitlement;
import io.fairlead.enterprise.people.Judgement;
import io.fairlead.enterprise.roster.DeviceState;
import io.fairlead.enterprise.status.Alarm;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands above every page of a device.
 *
 * @param open the alarms that are open, the worst first; none for whom they are not to be seen
 * @param may what the visitor may do
 */
public record DeviceHead(Device device, DeviceTab tab, List<Alarm> open, Entitlement may, Instant now) {
    public DeviceHead {
        open = List.copyOf(open);
    }

    /** When a part of its pages asks for itself again: when something has changed, and now and then in case that was missed. */
    public String trigger() {
        return "sse:device, every 30s";
    }

    public String id() {
        return device.id().value();
    }

    /** The address of one of its pages. */
    public String path(DeviceTab other) {
        return "/devices/" + id() + other.path();
    }

    /** An address below the device's own. */
    public String path(String below) {
        return "/devices/" + id() + "/" + below;
    }

    public List<DeviceTab> tabs() {
        return Arrays.stream(DeviceTab.values())
                .filter(each -> judge(each.action()).isAllowed())
                .toList();
    }

    public DeviceState state() {
        return DeviceState.of(device, now);
    }

    public @Nullable Alarm worst() {
        return open.isEmpty() ? null : open.get(0);
    }

    /** What the visitor lacks for an action on this device, or that he lacks nothing. */
    public Judgement judge(Action action) {
        return may.judge(action, device.scope());
    }

    public boolean may(Action action) {
        return judge(action).isAllowed();
    }

    /** Whether an action is shown at all: it is, greyed out, when only a training or a passkey is missing. */
    public boolean shows(Action action) {
        return switch (judge(action)) {
            case ALLOWED, NOT_CONFIRMED, TRAINING_EXPIRED, TRAINING_MISSING -> true;
            default -> false;
        };
    }

    /** Why an action is greyed out, as a sentence; empty when it is not. */
    public String lack(Action action) {
        return switch (judge(action)) {
            case NOT_CONFIRMED -> "This needs a log-in with your passkey.";
            case TRAINING_EXPIRED -> "Your training for " + device.model() + " is out of date.";
            case TRAINING_MISSING -> "You have no training for " + device.model() + " on record.";
            default -> "";
        };
    }

    /** Whether instructions reach it, when it is there. */
    public boolean reachable() {
        return device.enrolment() != null && !device.muted() && device.contact().heldSince() == null;
    }
}
