package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Toast;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Standings;
import io.fairlead.enterprise.people.Actor;
import io.vertx.core.Future;

/** What people say about a device as a whole, each after a page that says what follows from it. */
final class DeviceStandingPages implements Pages {
    private static final int LONGEST_REASON = 300;

    private final DeviceHeads heads;
    private final Standings standings;

    DeviceStandingPages(DeviceHeads heads, Standings standings) {
        this.heads = heads;
        this.standings = standings;
    }

    @Override
    public void mount(Doors doors) {
        for (StandingDeed deed : StandingDeed.values()) {
            String path = "/devices/:device/" + deed.key();
            doors.get(path, Access.to(deed.action()), visit -> ask(visit, deed));
            doors.post(path, Access.to(deed.action()), visit -> answer(visit, deed));
        }
    }

    private Future<Answer> ask(Visit visit, StandingDeed deed) {
        return heads.of(visit, DeviceTab.IDENTITY)
                .map(head -> deed.fits(head.device())
                        ? Answer.show("console/deviceStanding.jte", new DeviceStanding(head, deed, Form.blank()))
                        : Answer.go("/devices/" + head.id()));
    }

    private Future<Answer> answer(Visit visit, StandingDeed deed) {
        Form form = visit.form();
        DeviceId device = DeviceHeads.id(visit);
        String reason = form.text("reason", 1, LONGEST_REASON);
        if (deed.isGrave() && !form.value("device").strip().equals(device.value())) {
            form.fault("device", "Type the device’s name exactly: " + device);
        }
        long version = versioned(deed) ? form.number("version", 1, Long.MAX_VALUE) : 0;
        if (!form.ok()) {
            return mend(visit, deed);
        }
        return said(deed, visit.actor(), device, version, reason)
                .map(changed -> Answer.go("/devices/" + device)
                        .saying(
                                changed
                                        ? Toast.done(device + " " + deed.done())
                                        : Toast.done(
                                                "Somebody had done this before you: " + device + " " + deed.done())))
                .recover(failure -> versioned(deed) && DeviceForm.isLate(failure)
                        ? late(visit, deed)
                        : Future.failedFuture(failure));
    }

    private Future<Answer> late(Visit visit, StandingDeed deed) {
        DeviceForm.sayLate(visit.form());
        return mend(visit, deed);
    }

    private Future<Answer> mend(Visit visit, StandingDeed deed) {
        return heads.of(visit, DeviceTab.IDENTITY)
                .map(head -> Answer.mend("console/deviceStanding.jte", new DeviceStanding(head, deed, visit.form())));
    }

    private static boolean versioned(StandingDeed deed) {
        return deed == StandingDeed.RETIRE || deed == StandingDeed.UNRETIRE;
    }

    private Future<Boolean> said(StandingDeed deed, Actor actor, DeviceId device, long version, String reason) {
        return switch (deed) {
            case MUTE -> standings.mute(actor, device, reason);
            case UNMUTE -> standings.unmute(actor, device, reason);
            case REVOKE -> standings.revoke(actor, device, reason).map(count -> count > 0);
            case STOLEN -> standings.stolen(actor, device, reason);
            case FOUND -> standings.found(actor, device, reason);
            case RETIRE -> standings.retire(actor, device, version, reason).map(after -> after.version() > version);
            case UNRETIRE -> standings.unretire(actor, device, version, reason).map(after -> after.version() > version);
        };
    }
}
