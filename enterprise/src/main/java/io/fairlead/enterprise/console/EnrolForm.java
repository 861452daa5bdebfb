package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.NewDevice;
import io.fairlead.enterprise.roster.Choices;
import io.fairlead.soap.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form by which a device is registered and enrolled.
 *
 * @param known the device of that name, when there is one that the viewer may see: then its enrolment is replaced
 * @param replacing whether it has to be said that its enrolment is to end: two held the identity
 */
public record EnrolForm(
        Form form, Choices choices, @Nullable Device known, boolean replacing) {
    private static final int LONGEST = 128;

    /** What was typed, as a device; empty when something is wrong, which the form then says beside the field. */
    static Optional<NewDevice> device(Form form) {
        Optional<DeviceId> id = id(form);
        List<String> properties = List.of(
                form.text("customer", 1, LONGEST),
                form.text("site", 1, LONGEST),
                form.text("region", 1, LONGEST),
                form.text("model", 1, LONGEST),
                form.text("serial", 1, LONGEST));
        if (!form.ok() || id.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new NewDevice(
                    id.get(),
                    properties.get(0),
                    properties.get(1),
                    properties.get(2),
                    properties.get(3),
                    properties.get(4)));
        } catch (Refusal refusal) {
            // The feature takes fewer characters than the form looks at.
            form.fault("", "One of these has a character that cannot be kept, or is too long.");
            return Optional.empty();
        }
    }

    /** The name alone. */
    static Optional<DeviceId> id(Form form) {
        String typed = form.text("device", 1, 64);
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DeviceId(typed));
        } catch (Refusal refusal) {
            form.fault("device", "Letters, digits and . _ - only, the first a letter or digit; 64 at most.");
            return Optional.empty();
        }
    }

    /** A form that shows what a device is. */
    static Form of(Device device) {
        return Form.filled(Map.of(
                "device", device.id().value(),
                "customer", device.customer(),
                "site", device.site(),
                "region", device.region(),
                "model", device.model(),
                "serial", device.serial()));
    }
}
