package io.fairlead.enterprise.console;

import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.fleet.DeviceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the agent is that a string was made for.
 *
 * @param address where to look again; empty when there is nothing more to wait for
 * @param last when it was heard first
 */
public record ArrivalView(
        DeviceId device,
        Step step,
        String address,
        Instant until,
        @Nullable Instant last,
        @Nullable String from,
        @Nullable String version) {
    /** Where it stands. */
    public enum Step {
        WAITING,
        /** It has its certificate and was not heard yet. */
        ENROLLED,
        ARRIVED,
        /** The string is too old, and nobody came. */
        OVER
    }

    static ArrivalView of(Device device, Instant made, Instant until, String before, Instant now) {
        boolean enrolled = device.enrolment() != null && !device.enrolment().equals(before);
        Instant last = device.contact().last();
        boolean heard = enrolled && last != null && !last.isBefore(made);
        Step step = heard ? Step.ARRIVED : enrolled ? Step.ENROLLED : now.isAfter(until) ? Step.OVER : Step.WAITING;
        boolean wait = step == Step.WAITING || step == Step.ENROLLED;
        return new ArrivalView(
                device.id(),
                step,
                wait ? EnrolView.path(device.id(), made, until, before) : "",
                until,
                heard ? last : null,
                heard ? device.contact().address() : null,
                heard ? device.contact().agentVersion() : null);
    }
}
