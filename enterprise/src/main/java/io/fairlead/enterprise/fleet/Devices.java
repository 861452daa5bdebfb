package io.fairlead.enterprise.fleet;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.identity.EnrolmentListener;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.enterprise.people.View;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The registry of devices. */
public final class Devices implements EnrolmentListener {
    private final Database database;
    private final Rights rights;
    private final Audit audit;
    private final Clock clock;
    private final StandingListener listener;
    private final DeviceStore store = new DeviceStore();
    private final ContactStore contacts = new ContactStore();

    public Devices(Database database, Rights rights, Audit audit, Clock clock) {
        this(database, rights, audit, clock, new StandingListener() {});
    }

    /** @param listener hears that a new enrolment has ended what was alarming about an identity */
    public Devices(Database database, Rights rights, Audit audit, Clock clock, StandingListener listener) {
        this.database = database;
        this.rights = rights;
        this.audit = audit;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * The number of an instruction and the enrolment it is meant for.
     *
     * @param enrolment null when the device is not enrolled
     */
    public record Numbered(long sequence, @Nullable String enrolment) {}

    /**
     * The device, when somebody may do this to it: every feature of people asks this first. Fails with Refusal:
     * UNKNOWN_DEVICE when there is none or none that he may see, FORBIDDEN, PASSKEY_NEEDED.
     */
    public Future<Device> mayOn(Actor actor, Action action, DeviceId id) {
        return mayOn(database.pool(), actor, action, id);
    }

    /** The same within the caller's transaction. */
    public Future<Device> mayOn(SqlClient client, Actor actor, Action action, DeviceId id) {
        return store.find(client, id)
                .compose(found -> rights.of(client, actor).map(entitlement -> {
                    Device device = found.filter(one -> entitlement.may(Action.SEE_DEVICE, one.scope()))
                            .orElseThrow(() -> unknown(id));
                    Rights.check(entitlement, action, device.scope());
                    return device;
                }));
    }

    /** The part of the fleet on which somebody may do this, for lists. */
    public Future<View> view(Actor actor, Action action) {
        return rights.of(actor).map(entitlement -> entitlement.view(action));
    }

    /**
     * The same, for what is asked about all devices at once. Fails with Refusal(FORBIDDEN) when no role of his allows it
     * anywhere: an empty list would tell him that there is nothing.
     */
    public Future<View> mustView(Actor actor, Action action) {
        return rights.of(actor).map(entitlement -> {
            if (!entitlement.hasRoleFor(action)) {
                throw new Refusal(Fault.FORBIDDEN, "actor=" + actor + " action=" + action + ": no role allows it");
            }
            return entitlement.view(action);
        });
    }

    /**
     * Registers a device; once more with the same properties is no error and changes nothing. Fails with
     * Refusal(CONFLICT) when the id is taken by other properties; with FORBIDDEN, PASSKEY_NEEDED.
     */
    public Future<Device> register(Actor actor, NewDevice device) {
        return database.inTransaction(connection -> register(connection, actor, device));
    }

    /** The same within the caller's transaction. */
    Future<Device> register(SqlConnection connection, Actor actor, NewDevice device) {
        return rights.must(connection, actor, Action.ENROL, device.scope())
                .compose(may -> store.insert(connection, device, clock.instant()))
                .compose(fresh -> fresh ? registered(connection, actor, device) : same(connection, device));
    }

    private Future<Device> registered(SqlConnection connection, Actor actor, NewDevice device) {
        AuditEntry entry = new AuditEntry(
                actor.audited(),
                AuditCode.DEVICE_REGISTERED,
                device.id().value(),
                "customer=" + device.customer() + " site=" + device.site() + " region=" + device.region() + " model="
                        + device.model() + " serial=" + device.serial());
        return audit.record(connection, entry)
                .compose(recorded -> store.find(connection, device.id()))
                .map(Optional::orElseThrow);
    }

    private Future<Device> same(SqlConnection connection, NewDevice device) {
        return store.find(connection, device.id()).map(Optional::orElseThrow).map(known -> {
            if (!known.has(device)) {
                throw Refusal.saying(
                        Fault.CONFLICT,
                        "device " + device.id() + " is registered with other properties",
                        "a device of this id is registered with other properties");
            }
            return known;
        });
    }

    /**
     * Changes properties of a device; what is as it was already changes nothing, not even the version. Whoever moves it to
     * another customer, region or model needs the right there as well. Fails with Refusal: CONFLICT when the device is not
     * of this version any more, DEVICE_RETIRED, INVALID, UNKNOWN_DEVICE, FORBIDDEN, PASSKEY_NEEDED.
     */
    public Future<Device> change(Actor actor, DeviceId id, long version, DeviceChange change) {
        return database.inTransaction(connection -> store.lock(connection, id)
                .compose(locked -> mayOn(connection, actor, Action.ENROL, id))
                .compose(device -> {
                    mustBe(device, version);
                    if (device.retiredAt() != null) {
                        throw new Refusal(Fault.DEVICE_RETIRED, "device=" + id);
                    }
                    NewDevice wanted = change.of(device);
                    return device.has(wanted)
                            ? Future.succeededFuture(device)
                            : rights.must(connection, actor, Action.ENROL, wanted.scope())
                                    .compose(may -> store.change(connection, wanted))
                                    .compose(changed -> changed(connection, actor, device, wanted));
                }));
    }

    private Future<Device> changed(SqlConnection connection, Actor actor, Device was, NewDevice is) {
        StringJoiner what = new StringJoiner(" ");
        changed(what, "customer", was.customer(), is.customer());
        changed(what, "site", was.site(), is.site());
        changed(what, "region", was.region(), is.region());
        changed(what, "model", was.model(), is.model());
        changed(what, "serial", was.serial(), is.serial());
        AuditEntry entry = new AuditEntry(
                actor.audited(), AuditCode.DEVICE_CHANGED, was.id().value(), what.toString());
        return audit.record(connection, entry)
                .compose(recorded -> store.find(connection, was.id()))
                .map(Optional::orElseThrow);
    }

    private static void changed(StringJoiner what, String property, String was, String is) {
        if (!was.equals(is)) {
            what.add(property + "=" + is + " (was " + was + ")");
        }
    }

    /** Throws a Refusal(CONFLICT) for a device that has changed since somebody read it. */
    static void mustBe(Device device, long version) {
        if (device.version() != version) {
            throw Refusal.saying(
                    Fault.CONFLICT,
                    "device=" + device.id() + " has version " + device.version() + ", not " + version,
                    "the version is " + device.version() + " now");
        }
    }

    /** Empty when there is none, or none that he may see. */
    public Future<Optional<Device>> find(Actor actor, DeviceId id) {
        return store.find(database.pool(), id)
                .compose(found -> rights.of(actor)
                        .map(entitlement -> found.filter(one -> entitlement.may(Action.SEE_DEVICE, one.scope()))));
    }

    /** As {@link #find}, and a failure with Refusal(UNKNOWN_DEVICE) when there is none. */
    public Future<Device> get(Actor actor, DeviceId id) {
        return mayOn(actor, Action.SEE_DEVICE, id);
    }

    /** Those that he may see, in order of id. */
    public Future<List<Device>> list(Actor actor, DeviceFilter filter) {
        return view(actor, Action.SEE_DEVICE).compose(view -> store.list(database.pool(), filter, view));
    }

    /** The ids of all of a view. */
    Future<Set<String>> ids(View view) {
        return store.ids(database.pool(), view);
    }

    /** No code for a device that is stolen, until it was found, and none for one that is retired: Refusal(DEVICE_STOLEN, DEVICE_RETIRED). */
    @Override
    public Future<Void> wanted(SqlConnection connection, String device) {
        DeviceId id = new DeviceId(device);
        return store.standing(connection, id).map(found -> {
            DeviceStore.Standing standing = found.orElseThrow(() -> unknown(id));
            if (standing.stolen()) {
                throw new Refusal(Fault.DEVICE_STOLEN, "`fairlead devices found " + id + "` says that it is back");
            }
            if (standing.retired()) {
                throw new Refusal(Fault.DEVICE_RETIRED, "device=" + id);
            }
            return null;
        });
    }

    /** Fails with Refusal(DEVICE_MUTED) for a device that is muted; with Refusal(UNKNOWN_DEVICE). */
    public Future<Void> mustBeHeard(DeviceId id) {
        return store.standing(database.pool(), id).map(found -> {
            if (found.orElseThrow(() -> unknown(id)).muted()) {
                throw new Refusal(Fault.DEVICE_MUTED, "device=" + id);
            }
            return null;
        });
    }

    @Override
    public Future<Void> lock(SqlConnection connection, String device) {
        return contacts.lock(connection, List.of(new DeviceId(device))).mapEmpty();
    }

    /**
     * Takes note of a new enrolment, in the transaction that redeems its code: instructions made for an older one are
     * void, the journal and the rolling token begin anew; the numbers of instructions go on.
     */
    @Override
    public Future<Void> enrolled(SqlConnection connection, String device, String epoch) {
        DeviceId id = new DeviceId(device);
        return wanted(connection, device)
                .compose(may -> store.enrol(connection, id, epoch))
                .compose(known -> {
                    if (!known) {
                        throw unknown(id);
                    }
                    return listener.settled(connection, id, StandingListener.Alarming.TWO_HOLDERS);
                });
    }

    /**
     * Takes the next number for an instruction. The device's row is held until the caller's transaction ends, so that
     * the order of commits is the order of numbers; a rolled-back number is given again. Fails with
     * Refusal(UNKNOWN_DEVICE), and with Refusal(DEVICE_MUTED) for a device that is muted.
     */
    public Future<Numbered> number(SqlConnection connection, DeviceId id) {
        return store.number(connection, id).map(found -> {
            DeviceStore.NextNumber number = found.orElseThrow(() -> unknown(id));
            if (number.muted()) {
                throw new Refusal(Fault.DEVICE_MUTED, "device=" + id);
            }
            return number.given();
        });
    }

    private static Refusal unknown(DeviceId id) {
        return new Refusal(Fault.UNKNOWN_DEVICE, "device=" + id);
    }
}
