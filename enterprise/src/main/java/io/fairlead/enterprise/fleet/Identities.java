package io.fairlead.enterprise.fleet;

import io.fairlead.enterprise.identity.IdentityRecords;
import io.fairlead.enterprise.identity.IdentityRecords.IdentityRecord;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.vertx.core.Future;

/** The identities of devices, for whoever may see the devices. */
public final class Identities {
    private final Devices devices;
    private final IdentityRecords records;

    public Identities(Devices devices, IdentityRecords records) {
        this.devices = devices;
        this.records = records;
    }

    /** Fails with Refusal: UNKNOWN_DEVICE, FORBIDDEN. */
    public Future<IdentityRecord> of(Actor actor, DeviceId device) {
        return devices.mayOn(actor, Action.SEE_DEVICE, device).compose(may -> records.of(device.value()));
    }
}
