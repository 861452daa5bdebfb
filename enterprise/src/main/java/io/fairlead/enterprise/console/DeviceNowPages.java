package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.status.StatusService;
import io.vertx.core.Future;

/** The first page of a device: its newest values. Who may see no data is shown how it connects. */
final class DeviceNowPages implements Pages {
    private final DeviceHeads heads;
    private final StatusService status;

    DeviceNowPages(DeviceHeads heads, StatusService status) {
        this.heads = heads;
        this.status = status;
    }

    @Override
    public void mount(Doors doors) {
        doors.get("/devices/:device", Access.to(Action.SEE_DEVICE), this::show);
        doors.get(
                "/devices/:device/head",
                Access.to(Action.SEE_DEVICE),
                visit -> heads.of(visit, DeviceTab.IDENTITY).map(head -> Answer.show("console/deviceSub.jte", head)));
        doors.get("/devices/:device/now", Access.to(Action.SEE_DATA), this::values);
    }

    private Future<Answer> show(Visit visit) {
        return heads.of(visit, DeviceTab.IDENTITY)
                .compose(head -> head.may(Action.SEE_DATA)
                        ? now(visit).map(view -> Answer.show("console/deviceNow.jte", view))
                        : Future.succeededFuture(Answer.go(head.path(DeviceTab.IDENTITY))));
    }

    /** The values without the page around them. */
    private Future<Answer> values(Visit visit) {
        return now(visit).map(view -> Answer.show("console/deviceNowValues.jte", view));
    }

    private Future<DeviceNow> now(Visit visit) {
        return heads.of(visit, DeviceTab.NOW)
                .compose(head ->
                        status.latest(visit.actor(), head.device().id()).map(values -> DeviceNow.of(head, values)));
    }
}
