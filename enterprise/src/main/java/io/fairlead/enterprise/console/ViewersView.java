package io.fairlead.enterprise.console;

import io.fairlead.enterprise.fleet.DeviceViewer;
import io.fairlead.enterprise.people.Entitlement;
import io.fairlead.enterprise.people.Grant;
import java.util.List;

/** Who may see a device, and why. */
public record ViewersView(String device, List<DeviceViewer> viewers) {
    /** The role that lets him, and where it was given. */
    public static String role(Entitlement.Reason reason) {
        Grant grant = reason.grant();
        return grant == null
                ? ""
                : PersonView.name(grant.role()) + ", " + grant.scope().words();
    }

    /** Whether a state is good, or bad for want of a training. */
    public static String state(Entitlement.Reason reason) {
        return reason.judgement().isAllowed() ? "good" : "warn";
    }

    /** In words. */
    public static String words(Entitlement.Reason reason) {
        String text = reason.judgement().text();
        return reason.judgement().isAllowed() ? "Yes" : "No: " + text;
    }
}
