package io.fairlead.enterprise.fleet;

import io.fairlead.enterprise.identity.EnrolmentCodes;
import io.fairlead.enterprise.identity.EnrolmentString;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

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

    private final ContactStore contacts = new ContactStore();

    /**
     * Registers the device, unless it is, and makes the string that enrols it, in one transaction; an older string of it dies.
     * Fails with Refusal: FORBIDDEN, PASSKEY_NEEDED, CONFLICT when it is registered with other properties, or as
     * {@link #mayReplace} has it, DEVICE_STOLEN.
     *
     * @param replace also where two held this identity
     */
    public Future<EnrolmentString> start(Actor actor, NewDevice device, boolean replace) {
        return database.inTransaction(connection -> devices.register(connection, actor, device)
                .compose(known -> mayReplace(connection, device.id(), replace))
                .compose(known -> codes.create(connection, device.id().value(), actor.audited())));
    }

    /** The same for one that is registered. Fails with Refusal(UNKNOWN_DEVICE) as well. */
    public Future<EnrolmentString> start(Actor actor, DeviceId device, boolean replace) {
        return database.inTransaction(connection -> devices.mayOn(connection, actor, Action.ENROL, device)
                .compose(known -> mayReplace(connection, device, replace))
                .compose(known -> codes.create(connection, device.value(), actor.audited())));
    }

    /**
     * A new code ends the enrolment of whoever has the identity. While two hold it, and after {@link Clones#keep} as long as
     * the kept one's enrolment lasts, it is most likely meant for the other, which is to be a device of its own: then it has
     * to be said that it is not.
     */
    private Future<Void> mayReplace(SqlConnection connection, DeviceId device, boolean replace) {
        return replace
                ? Future.succeededFuture()
                : contacts.hold(connection, device).map(found -> {
                    found.ifPresent(known -> mustBeOfOne(device, known));
                    return null;
                });
    }

    private static void mustBeOfOne(DeviceId device, ContactStore.Known known) {
        if (known.heldSince() == null && known.dropped().isEmpty()) {
            return;
        }
        throw new Refusal(
                Fault.CONFLICT,
                (known.heldSince() == null ? "of two that held " + device + " one was kept" : "two hold " + device)
                        + ", and a new code would end its enrolment. For a copy give a name of its own: fairlead enrol"
                        + " NEW-NAME. If " + device + " itself is to be enrolled anew: fairlead enrol " + device
                        + " --replace");
    }
}
