package io.fairlead.enterprise.fleet;

import io.fairlead.enterprise.identity.EnrolmentCodes;
import io.fairlead.enterprise.identity.EnrolmentString;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.vertx.core.Future;

/** Makes PCs devices, as far as people have to do with it. */
public final class Enrolments {
    private final Database database;
    private final Devices devices;
    private final EnrolmentCodes codes;

    public Enrolments(Database database, Devices devices, EnrolmentCodes codes) {
        this.database = database;
        this.devices = devices;
        this.codes = codes;
    }

    /**
     * Registers the device, unless it is, and makes the string that enrols it, in one transaction; an older string of it dies.
     * Fails with Refusal: FORBIDDEN, PASSKEY_NEEDED, CONFLICT when it is registered with other properties, DEVICE_STOLEN.
     */
    public Future<EnrolmentString> start(Actor actor, NewDevice device) {
        return database.inTransaction(connection -> devices.register(connection, actor, device)
                .compose(known -> codes.create(connection, device.id().value(), actor.audited())));
    }

    /** The same for one that is registered. Fails with Refusal(UNKNOWN_DEVICE) as well. */
    public Future<EnrolmentString> start(Actor actor, DeviceId device) {
        return database.inTransaction(connection -> devices.mayOn(connection, actor, Action.ENROL, device)
                .compose(known -> codes.create(connection, device.value(), actor.audited())));
    }
}
