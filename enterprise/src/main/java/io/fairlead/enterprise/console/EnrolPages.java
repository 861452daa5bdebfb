package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.MenuItem;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.fleet.Enrolments;
import io.fairlead.enterprise.fleet.NewDevice;
import io.fairlead.enterprise.identity.EnrolmentCodes;
import io.fairlead.enterprise.identity.EnrolmentString;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.roster.Roster;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a PC a device: the form, the string, and the wait until its agent is there. */
public final class EnrolPages implements Pages {
    private static final Access ENROL = Access.to(Action.ENROL);
    private static final String PAGE = "console/enrol.jte";
    private static final List<String> PROPERTIES = List.of("customer", "site", "region", "model");

    private final Devices devices;
    private final Enrolments enrolments;
    private final Roster roster;
    private final Clock clock;

    public EnrolPages(Devices devices, Enrolments enrolments, Roster roster, Clock clock) {
        this.devices = devices;
        this.enrolments = enrolments;
        this.roster = roster;
        this.clock = clock;
    }

    @Override
    public void mount(Doors doors) {
        doors.menu(new MenuItem("Enrol", "/enrol", "enrol", "e", ENROL));
        doors.get("/enrol", ENROL, this::form);
        doors.post("/enrol", ENROL, this::make);
        doors.get("/enrol/:device/arrival", ENROL, this::arrival);
    }

    /** Blank; or with a device that is to be enrolled anew; or like one, with a name of its own. */
    private Future<Answer> form(Visit visit) {
        Form query = visit.query();
        if (!query.value("device").isEmpty()) {
            return devices.get(visit.actor(), new DeviceId(query.value("device")))
                    .compose(device -> shown(visit, EnrolForm.of(device), device, false, Answer::show));
        }
        Map<String, String> like = new HashMap<>();
        PROPERTIES.forEach(property -> like.put(property, query.value(property)));
        return shown(visit, Form.filled(like), null, false, Answer::show);
    }

    private interface Showing {
        Answer show(String template, Object view);
    }

    private Future<Answer> shown(Visit visit, Form form, @Nullable Device known, boolean replacing, Showing showing) {
        return roster.choices(visit.actor())
                .map(choices -> showing.show(PAGE, new EnrolForm(form, choices, known, replacing)));
    }

    private Future<Answer> make(Visit visit) {
        Form form = visit.form();
        Optional<NewDevice> wanted = EnrolForm.device(form);
        Optional<DeviceId> id = EnrolForm.id(form);
        Future<Optional<Device>> find =
                id.isEmpty() ? Future.succeededFuture(Optional.empty()) : devices.find(visit.actor(), id.get());
        return find.compose(known -> wanted.isEmpty()
                ? shown(visit, form, known.orElse(null), false, Answer::mend)
                : start(visit, form, wanted.get(), known));
    }

    private Future<Answer> start(Visit visit, Form form, NewDevice wanted, Optional<Device> known) {
        Instant made = clock.instant();
        return enrolments
                .start(visit.actor(), wanted, form.ticked("replace"))
                // Whoever may enrol a device need not see it: a service engineer without a training for its model.
                .compose(string -> devices.find(visit.actor(), wanted.id())
                        .map(seen -> answer(form, string, wanted.id(), seen, made)))
                .recover(failure -> refused(visit, form, known, failure));
    }

    private Answer answer(Form form, EnrolmentString string, DeviceId id, Optional<Device> seen, Instant made) {
        Instant until = made.plus(EnrolmentCodes.LIFE);
        String before = seen.map(Device::enrolment).orElse("");
        return Answer.show(
                "console/enrolString.jte",
                new EnrolView(
                        id,
                        string.format(),
                        made,
                        until,
                        before,
                        form.ticked("copy"),
                        seen.map(device -> ArrivalView.of(device, made, until, before, made))
                                .orElse(null)));
    }

    /** What can be mended in the form is said there. */
    private Future<Answer> refused(Visit visit, Form form, Optional<Device> known, Throwable failure) {
        if (!(failure instanceof Refusal refusal)) {
            return Future.failedFuture(failure);
        }
        boolean replacing = false;
        if (refusal.fault() == Fault.CONFLICT && known.isPresent() && same(form, known.get())) {
            replacing = true;
            form.fault(
                    "replace",
                    "Two PCs held this identity. A new string would end the enrolment of the one that was kept: tick this"
                            + " if that is meant, or give the copy a name of its own.");
        } else if (refusal.fault() == Fault.CONFLICT) {
            form.fault(
                    "device",
                    known.isPresent()
                            ? "This name is taken by another device: its properties differ from these. Choose another"
                                    + " name, or enrol that one anew."
                            : "This name is taken.");
        } else if (refusal.fault() == Fault.DEVICE_STOLEN) {
            form.fault("device", "This device is reported stolen. Say first, on its page, that it was found.");
        } else if (refusal.fault() == Fault.DEVICE_RETIRED) {
            form.fault(
                    "device",
                    "This device is retired. Bring it back into service first, on its page, or give the new one another name.");
        } else if (refusal.fault() == Fault.FORBIDDEN) {
            form.fault("customer", "Your roles do not let you enrol a device of this region, customer and model.");
        } else {
            return Future.failedFuture(failure);
        }
        return shown(visit, form, known.orElse(null), replacing, Answer::mend);
    }

    private static boolean same(Form form, Device device) {
        Form own = EnrolForm.of(device);
        return List.of("customer", "site", "region", "model", "serial").stream()
                .allMatch(name -> own.value(name).equals(form.value(name).strip()));
    }

    private Future<Answer> arrival(Visit visit) {
        Form query = visit.query();
        Instant made = moment(query.value("made"));
        Instant until = moment(query.value("until"));
        return devices.get(visit.actor(), new DeviceId(visit.part("device")))
                .map(device -> Answer.show(
                        "console/enrolArrival.jte",
                        ArrivalView.of(device, made, until, query.value("before"), clock.instant())));
    }

    private static Instant moment(String typed) {
        try {
            return Instant.parse(typed);
        } catch (DateTimeException e) {
            throw new Refusal(Fault.INVALID, "no moment", e);
        }
    }
}
