package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.reach.SiteChecks;
import io.vertx.core.Future;

/** What a device's site lets through. */
final class DeviceReachPages implements Pages {
    private final DeviceHeads heads;
    private final SiteChecks checks;

    DeviceReachPages(DeviceHeads heads, SiteChecks checks) {
        this.heads = heads;
        this.checks = checks;
    }

    @Override
    public void mount(Doors doors) {
        doors.get("/devices/:device/reach", Access.to(Action.SEE_DATA), this::show);
    }

    private Future<Answer> show(Visit visit) {
        return heads.of(visit, DeviceTab.REACH)
                .compose(head -> checks.of(visit.actor(), head.device().id())
                        .map(last -> Answer.show("console/deviceReach.jte", new DeviceReach(head, last))));
    }
}
