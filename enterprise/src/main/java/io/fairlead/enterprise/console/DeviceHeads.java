package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.status.Alarms;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;

/** Finds the device that a visit is about, with what stands above each of its pages. */
final class DeviceHeads {
    private final Devices devices;
    private final Alarms alarms;
    private final Clock clock;

    DeviceHeads(Devices devices, Alarms alarms, Clock clock) {
        this.devices = devices;
        this.alarms = alarms;
        this.clock = clock;
    }

    /** Fails with Refusal: UNKNOWN_DEVICE when there is none or none that he may see, FORBIDDEN. */
    Future<DeviceHead> of(Visit visit, DeviceTab tab) {
        DeviceId id = id(visit);
        return devices.mayOn(visit.actor(), tab.action(), id).compose(device -> {
            boolean sees = visit.may().judge(Action.SEE_DATA, device.scope()).isAllowed();
            return (sees
                            ? alarms.open(visit.actor(), id)
                            : Future.succeededFuture(List.<io.fairlead.enterprise.status.Alarm>of()))
                    .map(open -> new DeviceHead(device, tab, open, visit.may(), clock.instant()));
        });
    }

    /** The device of the path; there is none of a name that fits no device. */
    static DeviceId id(Visit visit) {
        return id(visit.part("device"));
    }

    static DeviceId id(String name) {
        try {
            return new DeviceId(name);
        } catch (Refusal unfit) {
            throw new Refusal(Fault.UNKNOWN_DEVICE, "not a device's id", unfit);
        }
    }

    /** A number of the path, such as that of an alarm. */
    static long number(Visit visit, String part) {
        String text = visit.part(part);
        if (!text.matches("[0-9]{1,18}")) {
            throw new Refusal(Fault.NOT_FOUND, "not a number: " + part);
        }
        return Long.parseLong(text);
    }
}
