package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.fleet.Groups;
import io.fairlead.enterprise.fleet.Identities;
import io.fairlead.enterprise.instruction.Mailbox;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.status.LatestValue;
import io.fairlead.enterprise.status.StatusService;
import io.vertx.core.Future;
import java.util.List;

/** Who a device is and how it connects. */
final class DeviceIdentityPages implements Pages {
    private final DeviceHeads heads;
    private final Identities identities;
    private final Mailbox mailbox;
    private final StatusService status;
    private final Groups groups;

    DeviceIdentityPages(
            DeviceHeads heads, Identities identities, Mailbox mailbox, StatusService status, Groups groups) {
        this.heads = heads;
        this.identities = identities;
        this.mailbox = mailbox;
        this.status = status;
        this.groups = groups;
    }

    @Override
    public void mount(Doors doors) {
        doors.get("/devices/:device/identity", Access.to(Action.SEE_DEVICE), this::show);
        doors.get("/devices/:device/connection", Access.to(Action.SEE_DEVICE), this::connection);
    }

    private Future<Answer> show(Visit visit) {
        return page(visit).map(view -> Answer.show("console/deviceIdentity.jte", view));
    }

    private Future<Answer> connection(Visit visit) {
        return page(visit).map(view -> Answer.show("console/deviceConnection.jte", view));
    }

    private Future<DeviceGroupList> inGroups(Visit visit, DeviceHead head) {
        return groups.list(visit.actor())
                .compose(all -> groups.of(visit.actor(), head.device().id())
                        .map(in -> DeviceGroupList.of(visit.actor(), all, in)));
    }

    private Future<DeviceIdentity> page(Visit visit) {
        return heads.of(visit, DeviceTab.IDENTITY).compose(head -> {
            Future<List<LatestValue>> own = head.may(Action.SEE_DATA)
                    ? status.latest(visit.actor(), head.device().id())
                    : Future.succeededFuture(List.of());
            return Future.all(
                            identities.of(visit.actor(), head.device().id()),
                            mailbox.holds(head.device().id()),
                            inGroups(visit, head),
                            own)
                    .map(all -> new DeviceIdentity(
                            head, all.resultAt(0), all.resultAt(1), all.resultAt(2), all.resultAt(3)));
        });
    }
}
