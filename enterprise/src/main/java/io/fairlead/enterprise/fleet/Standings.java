package io.fairlead.enterprise.fleet;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.fleet.StandingListener.Alarming;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.identity.EnrolmentCodes;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What people say about a device as a whole. Each deed is one transaction with its entry in the audit, takes effect at the
 * next request at every node, and closes the polls that are open; said again it changes nothing.
 *
 * <pre>
 *   revoke   its certificates and open codes are dead; a new code brings it back
 *   mute     no instruction is made or given, no file moves; reports are taken      ◀─▶ unmute
 *   stolen   revoked and muted, what waits is cancelled, an alarm is raised, no code is made   ◀─▶ found (still revoked)
 *   retired  revoked and muted, what waits is cancelled, no code is made, lists leave it out   ◀─▶ unretired (not enrolled)
 * </pre>
 */
public final class Standings {
    private final Database database;
    private final Devices devices;
    private final DeviceCertificates certificates;
    private final EnrolmentCodes codes;
    private final Audit audit;
    private final Clock clock;
    private final List<StandingListener> listeners;
    private final DeviceStore store = new DeviceStore();

    public Standings(
            Database database,
            Devices devices,
            DeviceCertificates certificates,
            EnrolmentCodes codes,
            Audit audit,
            Clock clock,
            List<StandingListener> listeners) {
        this.database = database;
        this.devices = devices;
        this.certificates = certificates;
        this.codes = codes;
        this.audit = audit;
        this.clock = clock;
        this.listeners = List.copyOf(listeners);
    }

    /** Answers how many certificates died by it; fails with Refusal as all of these do: UNKNOWN_DEVICE, FORBIDDEN, PASSKEY_NEEDED. */
    public Future<Integer> revoke(Actor actor, DeviceId device, String reason) {
        return database.inTransaction(connection -> devices.mayOn(connection, actor, Action.SECURE, device)
                        .compose(known -> dead(connection, actor, device, reason))
                        .compose(count -> record(connection, actor, AuditCode.DEVICE_REVOKED, device, reason)
                                .map(count)))
                .onSuccess(done -> certificates.changed(device.value()));
    }

    private Future<Integer> dead(SqlConnection connection, Actor actor, DeviceId device, String reason) {
        return codes.kill(connection, device.value(), actor.audited(), reason)
                .compose(killed -> certificates.revoke(connection, device.value(), actor.audited(), reason));
    }

    /** Answers whether it was not muted before. */
    public Future<Boolean> mute(Actor actor, DeviceId device, String reason) {
        return database.inTransaction(connection -> devices.mayOn(connection, actor, Action.MUTE, device)
                .compose(known -> muted(connection, actor, device, true, reason)));
    }

    /** Answers whether it was muted before; what waits goes out at once. Fails with DEVICE_RETIRED as well. */
    public Future<Boolean> unmute(Actor actor, DeviceId device, String reason) {
        return database.inTransaction(connection -> devices.mayOn(connection, actor, Action.MUTE, device)
                .compose(known -> {
                    if (known.retiredAt() != null) {
                        throw new Refusal(Fault.DEVICE_RETIRED, "device=" + device);
                    }
                    return muted(connection, actor, device, false, reason);
                }));
    }

    private Future<Boolean> muted(
            SqlConnection connection, Actor actor, DeviceId device, boolean muted, String reason) {
        AuditCode code = muted ? AuditCode.DEVICE_MUTED : AuditCode.DEVICE_UNMUTED;
        return store.mute(connection, device, muted)
                .compose(changed -> changed
                        ? record(connection, actor, code, device, reason)
                                .compose(recorded -> store.notify(connection, Contacts.CHANNEL, device))
                                .map(true)
                        : Future.succeededFuture(false));
    }

    /** Answers whether it was not stolen before. */
    public Future<Boolean> stolen(Actor actor, DeviceId device, String reason) {
        return database.inTransaction(connection -> devices.mayOn(connection, actor, Action.SECURE, device)
                        .compose(known -> store.stolen(connection, device, clock.instant()))
                        .compose(fresh -> fresh
                                ? gone(connection, actor, device, reason).map(true)
                                : Future.succeededFuture(false)))
                .onSuccess(done -> certificates.changed(device.value()));
    }

    /**
     * Takes it out of service; said again it changes nothing, whatever version is named. Its record, its history and the
     * audit stay. Answers how it is then. Fails with Refusal: CONFLICT when the device is not of this version any more,
     * UNKNOWN_DEVICE, FORBIDDEN, PASSKEY_NEEDED: whoever may register it may do this.
     */
    public Future<Device> retire(Actor actor, DeviceId device, long version, String reason) {
        return database.inTransaction(connection -> store.lock(connection, device)
                        .compose(locked -> devices.mayOn(connection, actor, Action.ENROL, device))
                        .compose(known -> {
                            if (known.retiredAt() != null) {
                                return Future.succeededFuture(known);
                            }
                            Devices.mustBe(known, version);
                            return store.retire(connection, device, clock.instant())
                                    .compose(retired -> retired(connection, actor, device, reason));
                        }))
                .onSuccess(done -> certificates.changed(device.value()));
    }

    private Future<Device> retired(SqlConnection connection, Actor actor, DeviceId device, String reason) {
        return dead(connection, actor, device, "retired: " + reason)
                .compose(dead -> record(connection, actor, AuditCode.DEVICE_RETIRED, device, reason))
                .compose(recorded -> each(listener -> listener.retired(connection, device, actor.audited())))
                .compose(told -> store.notify(connection, Contacts.CHANNEL, device))
                .compose(notified -> store.find(connection, device))
                .map(Optional::orElseThrow);
    }

    /**
     * Brings it back into service: it can be enrolled anew, by a code and by somebody at the instrument. What was revoked stays
     * revoked, and it counts as not enrolled until then. It is no longer muted, unless it is stolen. Said again it changes nothing,
     * whatever version is named; answers and fails as {@link #retire}.
     */
    public Future<Device> unretire(Actor actor, DeviceId device, long version, String reason) {
        return database.inTransaction(connection -> store.lock(connection, device)
                .compose(locked -> devices.mayOn(connection, actor, Action.ENROL, device))
                .compose(known -> {
                    if (known.retiredAt() == null) {
                        return Future.succeededFuture(known);
                    }
                    Devices.mustBe(known, version);
                    return store.unretire(connection, device)
                            .compose(back -> record(connection, actor, AuditCode.DEVICE_UNRETIRED, device, reason))
                            .compose(recorded -> store.notify(connection, Contacts.CHANNEL, device))
                            .compose(notified -> store.find(connection, device))
                            .map(Optional::orElseThrow);
                }));
    }

    private Future<Void> gone(SqlConnection connection, Actor actor, DeviceId device, String reason) {
        return dead(connection, actor, device, "stolen: " + reason)
                .compose(dead -> muted(connection, actor, device, true, "stolen"))
                .compose(mute -> record(connection, actor, AuditCode.DEVICE_STOLEN, device, reason))
                .compose(recorded -> each(listener -> listener.stolen(connection, device, actor.audited())))
                .compose(told -> each(listener ->
                        listener.alarming(connection, device, Alarming.STOLEN, "reported stolen by " + actor)));
    }

    /** Answers whether it was stolen before. It stays revoked until a new code, and is no longer muted. */
    public Future<Boolean> found(Actor actor, DeviceId device, String reason) {
        return database.inTransaction(connection -> devices.mayOn(connection, actor, Action.SECURE, device)
                .compose(known -> store.stolen(connection, device, null))
                .compose(changed -> changed
                        ? record(connection, actor, AuditCode.DEVICE_FOUND, device, reason)
                                .compose(recorded -> store.standing(connection, device))
                                .compose(standing -> standing.orElseThrow().retired()
                                        ? Future.succeededFuture(false)
                                        : muted(connection, actor, device, false, "found"))
                                .compose(heard ->
                                        each(listener -> listener.settled(connection, device, Alarming.STOLEN)))
                                .map(true)
                        : Future.succeededFuture(false)));
    }

    private Future<Void> each(java.util.function.Function<StandingListener, Future<Void>> call) {
        List<Future<Void>> all = new ArrayList<>();
        listeners.forEach(listener -> all.add(call.apply(listener)));
        return Future.all(all).mapEmpty();
    }

    private Future<Void> record(SqlConnection connection, Actor actor, AuditCode code, DeviceId device, String reason) {
        return audit.record(connection, new AuditEntry(actor.audited(), code, device.value(), "reason=" + reason));
    }
}
