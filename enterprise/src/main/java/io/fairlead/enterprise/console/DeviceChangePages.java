package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Toast;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.fleet.DeviceChange;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.roster.Roster;
import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import java.util.Map;

/** Changes what is on record of a device: whose it is, where it stands, what it is. */
final class DeviceChangePages implements Pages {
    private static final Access ENROL = Access.to(Action.ENROL);
    private static final String PATH = "/devices/:device/change";
    private static final String PAGE = "console/deviceChange.jte";

    private final DeviceHeads heads;
    private final Devices devices;
    private final Roster roster;

    DeviceChangePages(DeviceHeads heads, Devices devices, Roster roster) {
        this.heads = heads;
        this.devices = devices;
        this.roster = roster;
    }

    @Override
    public void mount(Doors doors) {
        doors.get(PATH, ENROL, this::ask);
        doors.post(PATH, ENROL, this::change);
    }

    private Future<Answer> ask(Visit visit) {
        return heads.of(visit, DeviceTab.IDENTITY)
                .compose(head -> roster.choices(visit.actor())
                        .map(choices ->
                                Answer.show(PAGE, new DeviceForm(head, DeviceForm.of(head.device()), choices))));
    }

    private Future<Answer> change(Visit visit) {
        Form form = visit.form();
        DeviceId device = DeviceHeads.id(visit);
        DeviceChange change = DeviceForm.change(form);
        long version = form.number("version", 1, Long.MAX_VALUE);
        if (!form.ok()) {
            return mend(visit, form);
        }
        return devices.change(visit.actor(), device, version, change)
                .map(after -> Answer.go("/devices/" + device + "/identity")
                        .saying(Toast.done(
                                after.version() > version
                                        ? "What is on record of " + device + " is changed."
                                        : "Nothing was different: " + device + " is as it was.")))
                .recover(failure -> refused(visit, form, failure));
    }

    private Future<Answer> refused(Visit visit, Form form, Throwable failure) {
        if (DeviceForm.isLate(failure)) {
            DeviceForm.sayLate(form);
            return mend(visit, form);
        }
        return Mending.beside(
                        form,
                        failure,
                        Map.of(
                                Fault.FORBIDDEN,
                                "customer: Your roles do not let you move a device to this region, customer and model.",
                                Fault.DEVICE_RETIRED,
                                "customer: This device is retired. Bring it back into service first."))
                .compose(mended -> mend(visit, mended));
    }

    private Future<Answer> mend(Visit visit, Form form) {
        return heads.of(visit, DeviceTab.IDENTITY)
                .compose(head -> roster.choices(visit.actor())
                        .map(choices -> Answer.mend(PAGE, new DeviceForm(head, form, choices))));
    }
}
