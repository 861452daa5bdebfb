package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.fleet.DeviceChange;
import io.fairlead.enterprise.roster.Choices;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.util.HashMap;
import java.util.Map;

/** The form by which what is on record of a device is changed. */
public record DeviceForm(DeviceHead head, Form form, Choices choices) {
    private static final int LONGEST = 128;

    /** That shows what is. */
    static Form of(Device device) {
        Map<String, String> values = new HashMap<>();
        values.put("customer", device.customer());
        values.put("site", device.site());
        values.put("region", device.region());
        values.put("model", device.model());
        values.put("serial", device.serial());
        return Form.filled(values);
    }

    /** What was typed; what does not fit the form says beside the field. */
    static DeviceChange change(Form form) {
        return new DeviceChange(
                form.text("customer", 1, LONGEST),
                form.text("site", 1, LONGEST),
                form.text("region", 1, LONGEST),
                form.text("model", 1, LONGEST),
                form.text("serial", 1, LONGEST));
    }

    /** The version that the visitor has seen. */
    public String version() {
        return version(form, head.device());
    }

    static String version(Form form, Device device) {
        String seen = form.value("version");
        return seen.isEmpty() || !form.message("version").isEmpty() ? Long.toString(device.version()) : seen;
    }

    /** Whether a deed was refused since the device has changed meanwhile. */
    static boolean isLate(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.fault() == Fault.CONFLICT;
    }

    /** The next try is about the device as it is shown now. */
    static void sayLate(Form form) {
        form.fault("version", "newer");
        form.fault(
                "",
                "Somebody has changed this device since you opened the page, so nothing was done. Above is what is on record"
                        + " now: look again, and send it once more if you still mean it.");
    }
}
