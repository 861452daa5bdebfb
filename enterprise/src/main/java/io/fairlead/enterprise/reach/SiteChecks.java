package io.fairlead.enterprise.reach;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Takes what devices found when they checked their site, and shows it to people. A muted device is heard, as with all that it
 * reports.
 */
public final class SiteChecks {
    /** Of one device, so that none fills the audit. */
    static final int MOST_AN_HOUR = 30;

    private static final Duration HOUR = Duration.ofHours(1);
    /** A clock may be wrong by this much: the check may be about just that. */
    private static final Duration PLAUSIBLE = Duration.ofDays(20L * 365);

    private final Database database;
    private final Devices devices;
    private final Audit audit;
    private final Clock clock;
    private final SiteCheckStore store = new SiteCheckStore();
    private final List<Consumer<DeviceId>> changed = new CopyOnWriteArrayList<>();

    public SiteChecks(Database database, Devices devices, Audit audit, Clock clock) {
        this.database = database;
        this.devices = devices;
        this.audit = audit;
        this.clock = clock;
    }

    /** Calls after each check that is committed, on an event loop; the call must be quick and not throw. */
    public void onChange(Consumer<DeviceId> call) {
        changed.add(call);
    }

    /**
     * Keeps a check; the one with the time of the last is the same one said again, and changes nothing. Fails with Refusal:
     * OBSERVED_AT for a time that no clock shows, BUSY when the device says too many.
     */
    public Future<Void> take(DeviceId device, SiteCheck check) {
        Instant now = clock.instant();
        if (Duration.between(check.checkedAt(), now).abs().compareTo(PLAUSIBLE) > 0) {
            return Future.failedFuture(new Refusal(Fault.OBSERVED_AT, "checkedAt of device=" + device));
        }
        return database.inTransaction(connection -> devices.lock(connection, device.value())
                        .compose(locked -> store.turn(connection, device))
                        .compose(last -> kept(connection, device, check, last, now)))
                .onSuccess(fresh -> {
                    if (fresh) {
                        changed.forEach(call -> call.accept(device));
                    }
                })
                .mapEmpty();
    }

    private Future<Boolean> kept(
            SqlConnection connection,
            DeviceId device,
            SiteCheck check,
            Optional<SiteCheckStore.Turn> last,
            Instant now) {
        if (last.filter(one -> one.checkedAt().equals(check.checkedAt())).isPresent()) {
            return Future.succeededFuture(false);
        }
        SiteCheckStore.Turn turn = last.filter(
                        one -> now.isBefore(one.hourBegan().plus(HOUR)))
                .map(one -> new SiteCheckStore.Turn(check.checkedAt(), one.hourBegan(), one.inHour() + 1))
                .orElseGet(() -> new SiteCheckStore.Turn(check.checkedAt(), now, 1));
        if (turn.inHour() > MOST_AN_HOUR) {
            throw new Refusal(Fault.BUSY, "more than " + MOST_AN_HOUR + " checks an hour of device=" + device);
        }
        return store.keep(connection, device, new KeptCheck(now, check), turn)
                .compose(kept -> audit.record(
                        connection,
                        new AuditEntry(
                                "device:" + device,
                                AuditCode.DEVICE_REACH_REPORTED,
                                device.value(),
                                "required=" + check.required() + " missing=" + check.missing() + " list="
                                        + (check.list() == null ? "none" : check.list()))))
                .map(true);
    }

    /** The last two of a device. Fails with Refusal: UNKNOWN_DEVICE, FORBIDDEN. */
    public Future<LastChecks> of(Actor actor, DeviceId device) {
        return devices.mayOn(actor, Action.SEE_DATA, device).compose(may -> store.last(database.pool(), device));
    }
}
