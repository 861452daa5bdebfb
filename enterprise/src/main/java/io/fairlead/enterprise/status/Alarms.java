package io.fairlead.enterprise.status;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.fleet.Remark;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What people do about alarms. Each deed is one transaction with its entry in the audit, and fails with Refusal: NOT_FOUND
 * (also for an alarm of a device that he may not see), FORBIDDEN, CONFLICT.
 *
 * <pre>
 *   OPEN ─ its source clears it, or a person closes it ─▶ PAST      acknowledged once, open or past; comments at any time
 *                                              └ raised again: another alarm, not acknowledged
 * </pre>
 */
public final class Alarms {
    private static final int LONGEST_LIST = 500;

    private final Database database;
    private final Devices devices;
    private final Audit audit;
    private final Clock clock;
    private final AlarmStore store = new AlarmStore();
    private final List<Consumer<DeviceId>> changed = new CopyOnWriteArrayList<>();

    public Alarms(Database database, Devices devices, Audit audit, Clock clock) {
        this.database = database;
        this.devices = devices;
        this.audit = audit;
        this.clock = clock;
    }

    /** Calls after each deed that is committed, on an event loop; the call must be quick and not throw. */
    public void onChange(Consumer<DeviceId> call) {
        changed.add(call);
    }

    private void changed(Alarm alarm) {
        changed.forEach(call -> call.accept(alarm.device()));
    }

    /**
     * How an acknowledging went.
     *
     * @param first false when somebody else, whom the alarm names, had done it before
     */
    public record Acknowledgement(boolean first, Alarm alarm) {}

    /** Where a page of past alarms ended. */
    public record Place(Instant clearedAt, long id) {}

    /** Those that are open, the worst first; at most 500 and some of the enterprise's own. */
    public Future<List<Alarm>> open(Actor actor, DeviceId device) {
        return devices.mayOn(actor, Action.SEE_DATA, device).compose(may -> store.open(database.pool(), device));
    }

    /**
     * Those that are over, the latest first.
     *
     * @param after where the page before ended; null for the first page
     * @param limit 1 to 500
     */
    public Future<List<Alarm>> past(Actor actor, DeviceId device, @Nullable Place after, int limit) {
        if (limit < 1 || limit > LONGEST_LIST) {
            return Future.failedFuture(new Refusal(Fault.INVALID, "a list has 1 to 500 alarms"));
        }
        return devices.mayOn(actor, Action.SEE_DATA, device)
                .compose(may -> store.past(database.pool(), device, after, limit));
    }

    /** One alarm. */
    public Future<Alarm> get(Actor actor, long id) {
        return mayOn(database.pool(), actor, Action.SEE_DATA, id);
    }

    /**
     * Says that somebody has seen it and takes it on. The first who says so counts; a comment is kept in any case.
     *
     * @param comment null for none
     */
    public Future<Acknowledgement> acknowledge(Actor actor, long id, @Nullable Remark comment) {
        Instant now = clock.instant();
        return database.inTransaction(connection -> mayOn(connection, actor, Action.HANDLE_ALARM, id)
                        .compose(alarm -> store.acknowledge(connection, id, now, actor.audited())
                                .compose(first -> first
                                        ? record(connection, actor, AuditCode.ALARM_ACKNOWLEDGED, alarm)
                                                .map(true)
                                        : Future.succeededFuture(false))
                                .compose(first -> commented(connection, actor, alarm, comment, now)
                                        .compose(done -> found(connection, id))
                                        .map(after -> new Acknowledgement(first, after)))))
                .onSuccess(done -> changed(done.alarm()));
    }

    /** Adds a comment; CONFLICT when it has 200. */
    public Future<Alarm> comment(Actor actor, long id, Remark comment) {
        return database.inTransaction(connection -> mayOn(connection, actor, Action.HANDLE_ALARM, id)
                        .compose(alarm -> commented(connection, actor, alarm, comment, clock.instant()))
                        .compose(done -> found(connection, id)))
                .onSuccess(this::changed);
    }

    /**
     * Closes an alarm whose source clears it no more, such as that of a part which was taken out. If the condition is still
     * reported, it comes back as another alarm.
     *
     * @param why kept as a comment
     * @return fails with CONFLICT when it is over already, or one of the enterprise's own
     */
    public Future<Alarm> close(Actor actor, long id, Remark why) {
        Instant now = clock.instant();
        return database.inTransaction(connection -> mayOn(connection, actor, Action.HANDLE_ALARM, id)
                        .compose(alarm -> {
                            if (alarm.isOwn()) {
                                throw Refusal.saying(Fault.CONFLICT, "the server clears its own alarms itself");
                            }
                            return store.close(connection, id, now, actor.audited())
                                    .compose(open -> closed(connection, actor, alarm, open, why, now));
                        })
                        .compose(done -> found(connection, id)))
                .onSuccess(this::changed);
    }

    private Future<Void> closed(
            SqlConnection connection, Actor actor, Alarm alarm, boolean open, Remark why, Instant now) {
        if (!open) {
            throw Refusal.saying(Fault.CONFLICT, "alarm " + alarm.id() + " is over already");
        }
        return record(connection, actor, AuditCode.ALARM_CLOSED, alarm)
                .compose(recorded -> commented(connection, actor, alarm, why, now));
    }

    private Future<Void> commented(
            SqlConnection connection, Actor actor, Alarm alarm, @Nullable Remark comment, Instant now) {
        if (comment == null) {
            return Future.succeededFuture();
        }
        return store.comment(connection, alarm.id(), now, actor.audited(), comment)
                .compose(room -> {
                    if (!room) {
                        throw Refusal.saying(
                                Fault.CONFLICT, "an alarm has at most " + AlarmStore.MOST_COMMENTS + " comments");
                    }
                    return record(connection, actor, AuditCode.ALARM_COMMENTED, alarm);
                });
    }

    private Future<Alarm> mayOn(SqlClient client, Actor actor, Action action, long id) {
        return found(client, id)
                .compose(alarm -> devices.mayOn(client, actor, action, alarm.device())
                        .map(alarm)
                        .recover(failure -> Future.failedFuture(
                                failure instanceof Refusal refusal && refusal.fault() == Fault.UNKNOWN_DEVICE
                                        ? none(id)
                                        : failure)));
    }

    private Future<Alarm> found(SqlClient client, long id) {
        return store.find(client, id).map(found -> found.orElseThrow(() -> none(id)));
    }

    private static Refusal none(long id) {
        return new Refusal(Fault.NOT_FOUND, "there is no alarm " + id);
    }

    private Future<Void> record(SqlConnection connection, Actor actor, AuditCode code, Alarm alarm) {
        String detail = "alarm=" + alarm.id() + " code=" + alarm.code();
        return audit.record(
                connection, new AuditEntry(actor.audited(), code, alarm.device().value(), detail));
    }
}
