package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;

/** The question before something is said about a device as a whole. */
public record DeviceStanding(DeviceHead head, StandingDeed deed, Form form) {
    /** The version that the visitor has seen: of the page before, unless he is told now that there is a newer one. */
    public String version() {
        return DeviceForm.version(form, head.device());
    }
}
