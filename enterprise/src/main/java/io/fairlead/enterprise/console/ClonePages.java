package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.MenuItem;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Toast;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.fleet.Clones;
import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.fleet.HeldDevice;
import io.fairlead.enterprise.people.Action;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Identities that two hold: what tells the holders apart, and the decision. It takes two steps, for it cannot be taken back:
 * the first says what would happen, in full, and does nothing.
 */
public final class ClonePages implements Pages {
    private static final Access SEE = Access.to(Action.SEE_DEVICE);
    private static final String PAGE = "console/clone.jte";
    private static final int LONGEST_REASON = 300;

    private final Clones clones;
    private final Devices devices;

    public ClonePages(Clones clones, Devices devices) {
        this.clones = clones;
        this.devices = devices;
    }

    @Override
    public void mount(Doors doors) {
        doors.menu(new MenuItem("Clones", "/clones", "clones", "c", Access.to(Action.DECIDE_CLONE)));
        doors.get(
                "/clones",
                SEE,
                visit -> clones.list(visit.actor())
                        .map(held -> Answer.show("console/clones.jte", new ClonesView(held))));
        doors.get("/clones/:device", SEE, this::one);
        doors.post("/clones/:device", Access.to(Action.DECIDE_CLONE), this::decide);
        doors.get("/clones/:device/decided", SEE, this::decided);
    }

    private Future<Answer> one(Visit visit) {
        return device(visit)
                .compose(device -> held(visit, device)
                        .map(held -> held.isEmpty()
                                ? Answer.go("/clones").saying(Toast.done(device.id() + " is not held, or no longer."))
                                : Answer.show(PAGE, view(visit, device, held.get(), Form.blank(), false))));
    }

    private Future<Device> device(Visit visit) {
        return devices.get(visit.actor(), new DeviceId(visit.part("device")));
    }

    private Future<Optional<HeldDevice>> held(Visit visit, Device device) {
        return clones.list(visit.actor())
                .map(all -> all.stream()
                        .filter(one -> one.device().equals(device.id()))
                        .findFirst());
    }

    private static CloneView view(Visit visit, Device device, HeldDevice held, Form form, boolean confirm) {
        return new CloneView(device, held, form, visit.may().may(Action.DECIDE_CLONE, device.scope()), confirm);
    }

    private Future<Answer> decide(Visit visit) {
        Form form = visit.form();
        String reason = form.text("reason", 1, LONGEST_REASON);
        return device(visit)
                .compose(device -> held(visit, device).compose(found -> {
                    if (found.isEmpty()) {
                        return Future.succeededFuture(Answer.go("/clones")
                                .saying(Toast.fault("Somebody has decided about " + device.id() + " already.")));
                    }
                    CloneView view = view(visit, device, found.get(), form, false);
                    if (view.kept().isEmpty() && !view.releasing()) {
                        form.fault("keep", "Choose one, please.");
                    }
                    if (!form.ok()) {
                        return Future.succeededFuture(Answer.mend(PAGE, view));
                    }
                    return form.ticked("sure")
                            ? done(visit, device, view, reason)
                            : Future.succeededFuture(Answer.show(PAGE, view(visit, device, found.get(), form, true)));
                }));
    }

    private Future<Answer> done(Visit visit, Device device, CloneView view, String reason) {
        Future<Void> decided = view.kept().isPresent()
                ? clones.keep(visit.actor(), device.id(), view.kept().get().number(), reason)
                : clones.release(visit.actor(), device.id(), reason);
        String words = view.releasing() ? "All holders of " + device.id() + " may go on." : "Decided.";
        return decided.map(done -> Answer.go(view.releasing() ? "/clones" : "/clones/" + device.id() + "/decided")
                        .saying(Toast.done(words)))
                .recover(failure -> failure instanceof Refusal refusal && refusal.fault() == Fault.CONFLICT
                        ? Future.succeededFuture(Answer.go("/clones")
                                .saying(Toast.fault("Somebody has decided about " + device.id() + " already.")))
                        : Future.failedFuture(failure));
    }

    private Future<Answer> decided(Visit visit) {
        return device(visit).map(device -> Answer.show("console/cloneDecided.jte", device));
    }
}
