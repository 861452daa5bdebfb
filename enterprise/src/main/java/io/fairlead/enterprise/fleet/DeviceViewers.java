package io.fairlead.enterprise.fleet;

import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Entitled;
import io.fairlead.enterprise.people.People;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.people.Scope;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;

/** Who may see a device, and why: a customer may know it of his own, the vendor's people included. */
public final class DeviceViewers {
    private final Devices devices;
    private final Rights rights;
    private final People people;

    public DeviceViewers(Devices devices, Rights rights, People people) {
        this.devices = devices;
        this.rights = rights;
        this.people = people;
    }

    /**
     * In order of name. Whoever asks must see the device, and the people of its customer; fails with Refusal: UNKNOWN_DEVICE,
     * FORBIDDEN.
     */
    public Future<List<DeviceViewer>> of(Actor actor, DeviceId device) {
        return devices.mayOn(actor, Action.SEE_DEVICE, device)
                .compose(one -> rights.must(actor, Action.SEE_PEOPLE, Scope.ofPeople(one.customer()))
                        .compose(may -> people.entitled())
                        .map(all -> all.stream()
                                .flatMap(each -> viewer(each, one.scope()))
                                .toList()));
    }

    private static Stream<DeviceViewer> viewer(Entitled one, Scope device) {
        DeviceViewer viewer = new DeviceViewer(
                one.person(),
                one.entitlement().explain(Action.SEE_DEVICE, device),
                one.entitlement().explain(Action.INSTRUCT, device));
        return switch (viewer.see().judgement()) {
            case ALLOWED, TRAINING_EXPIRED, TRAINING_MISSING -> Stream.of(viewer);
            default -> Stream.empty();
        };
    }
}
