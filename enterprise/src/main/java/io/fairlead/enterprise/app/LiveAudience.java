package io.fairlead.enterprise.app;

import io.fairlead.enterprise.browser.Audience;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;

/** A device's hints are for those who may see it; that something has changed somewhere may hear everybody. */
final class LiveAudience implements Audience {
    private static final String DEVICE = "device/";

    private final Devices devices;

    LiveAudience(Devices devices) {
        this.devices = devices;
    }

    @Override
    public Future<Boolean> mayHear(Actor actor, String topic) {
        if (!topic.startsWith(DEVICE)) {
            return Future.succeededFuture(!topic.contains("/"));
        }
        return devices.mayOn(actor, Action.SEE_DEVICE, new DeviceId(topic.substring(DEVICE.length())))
                .map(device -> true)
                .recover(failure ->
                        failure instanceof Refusal ? Future.succeededFuture(false) : Future.failedFuture(failure));
    }
}
