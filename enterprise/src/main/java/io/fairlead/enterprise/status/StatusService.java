package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.Contacts;
import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Takes reports, exactly once and never acknowledged before they are committed, and answers what is known from them. Whoever
 * asks for one device's needs SEE_DATA there, else Refusal: UNKNOWN_DEVICE, FORBIDDEN.
 */
public final class StatusService {
    private static final int LONGEST_LIST = 10_000;

    private final Database database;
    private final Devices devices;
    private final Clock clock;
    private final GroupCommit commits;
    private final ReadStore store = new ReadStore();
    private final List<Consumer<DeviceId>> committed = new CopyOnWriteArrayList<>();

    /**
     * @param owner the event loop that owns the queue of reports
     */
    public StatusService(
            Context owner,
            Database database,
            Devices devices,
            Contacts contacts,
            Instructions instructions,
            Timers timers,
            Clock clock,
            StatusSettings settings,
            MeterRegistry metrics) {
        this.database = database;
        this.devices = devices;
        this.clock = clock;
        Writer writer = new Bisection(new GroupWriter(database, contacts, instructions, clock));
        this.commits = new GroupCommit(owner, writer, timers, clock, settings, new StatusMetrics(metrics));
    }

    /**
     * Takes a report. The answer is given once its messages are committed or in quarantine, and so is everything that
     * the answer names; a report without messages is answered with what is committed.
     *
     * @return fails with Refusal when nothing of it is known to be taken: UNKNOWN_DEVICE, BUSY, STOPPING, UNAVAILABLE,
     *     IDENTITY_HELD, CERTIFICATE_REVOKED.
     *     The agent sends it again, and what was taken all the same is recognised
     */
    public Future<ReportAnswer> report(Report report) {
        Duration clockOffset = Duration.between(clock.instant(), report.sentAt());
        Slice slice = new Slice(
                report.device(), report.epoch(), report.token(), clockOffset, report.dropped(), report.messages());
        return commits.submit(slice).map(outcome -> {
            Refusal refusal = outcome.refusal();
            if (refusal != null) {
                throw refusal;
            }
            if (!report.messages().isEmpty()) {
                committed.forEach(each -> each.accept(report.device()));
            }
            return new ReportAnswer(report.epoch(), outcome.committed(), outcome.rejected());
        });
    }

    /** Calls after each commit of messages of a device, on an event loop; the call must be quick and not throw. */
    public void onCommit(Consumer<DeviceId> call) {
        committed.add(call);
    }

    /** The latest values of a device, in order of item. */
    public Future<List<LatestValue>> latest(Actor actor, DeviceId device) {
        return maySee(actor, device).compose(may -> store.latest(database.pool(), device));
    }

    /**
     * What an item was, newest first.
     *
     * @param from received at this time or later, by the server's clock
     * @param to and before this
     * @param limit 1 to 10,000
     */
    public Future<List<HistoryValue>> history(
            Actor actor, DeviceId device, String item, Instant from, Instant to, int limit) {
        return limited(limit)
                .compose(checked -> maySee(actor, device))
                .compose(may -> store.history(database.pool(), device, item, from, to, limit));
    }

    /** The alarms of a device that are not cleared, newest first. */
    public Future<List<OpenAlarm>> openAlarms(Actor actor, DeviceId device) {
        return maySee(actor, device).compose(may -> store.openAlarms(database.pool(), device));
    }

    /** The alarms of all devices of his view that are not cleared, the worst first, then the newest; a thousand at most. */
    public Future<List<OpenAlarm>> openAlarms(Actor actor) {
        return devices.view(actor, Action.SEE_DATA).compose(view -> store.openAlarms(database.pool(), view));
    }

    /** How many alarms of each device of his view are not cleared; a device without one is absent. */
    public Future<Map<DeviceId, Integer>> openAlarmCounts(Actor actor) {
        return devices.view(actor, Action.SEE_DATA).compose(view -> store.openAlarmCounts(database.pool(), view));
    }

    /** What happened at a device, newest first; bounds as in {@link #history}. */
    public Future<List<PastEvent>> events(Actor actor, DeviceId device, Instant from, Instant to, int limit) {
        return limited(limit)
                .compose(checked -> maySee(actor, device))
                .compose(may -> store.events(database.pool(), device, from, to, limit));
    }

    /** The messages of a device that were refused, newest first. */
    public Future<List<Quarantined>> quarantine(Actor actor, DeviceId device, int limit) {
        return limited(limit)
                .compose(checked -> maySee(actor, device))
                .compose(may -> store.quarantine(database.pool(), device, limit));
    }

    private Future<Device> maySee(Actor actor, DeviceId device) {
        return devices.mayOn(actor, Action.SEE_DATA, device);
    }

    private static Future<Void> limited(int limit) {
        return limit >= 1 && limit <= LONGEST_LIST
                ? Future.succeededFuture()
                : Future.failedFuture(new Refusal(Fault.INVALID, "a list has 1 to 10,000 lines"));
    }

    /** Takes no more reports and succeeds when all that were taken are answered. */
    public Future<Void> stop() {
        return commits.stop();
    }
}
