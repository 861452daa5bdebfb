package io.fairlead.enterprise.fleet;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.fleet.StandingListener.Alarming;
import io.fairlead.enterprise.identity.CloneAlarm;
import io.fairlead.enterprise.identity.Holds;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identities that two hold, and what a person decides about them.
 *
 * <pre>
 *            a poll is a STRAY (Tokens), or a certificate was renewed twice
 *   FREE ──────────────────────────────────────────────────────────────────▶ HELD ─ each refused poll is noted to a holder
 *     ▲                                                                        │
 *     ├── keep: one holder goes on where it was, the others need a new code ◀──┤
 *     ├── release: all may go on; the first that polls is the one ◀────────────┤
 *     └── enrolled anew: whoever has the new certificate is the one ◀──────────┘
 * </pre>
 *
 * Whoever locks rows of one device locks its contact first, then its enrolment, then the rest.
 *
 * <p>While it is HELD nothing is taken from any holder and nothing is given to any; what waits for the device goes on waiting.
 */
public final class Clones implements CloneAlarm {
    private static final Logger LOG = LoggerFactory.getLogger(Clones.class);
    /** Tokens of holders turned away that are remembered, the newest. */
    private static final int MOST_DROPPED = 256;

    private final Database database;
    private final Devices devices;
    private final Holds holds;
    private final Audit audit;
    private final StandingListener listener;
    private final Clock clock;
    private final Counter held;
    private final ContactStore contacts = new ContactStore();
    private final HolderStore store = new HolderStore();

    /** @param listener hears that an identity is held, and that a person has decided */
    public Clones(
            Database database,
            Devices devices,
            Holds holds,
            Audit audit,
            StandingListener listener,
            Clock clock,
            MeterRegistry metrics) {
        this.database = database;
        this.devices = devices;
        this.holds = holds;
        this.audit = audit;
        this.listener = listener;
        this.clock = clock;
        this.held = Counter.builder("fairlead.fleet.clones.held")
                .description("Identities that were held because two holders showed")
                .register(metrics);
    }

    /** A poll branched off before the newest one. The device's contact is locked by the caller. */
    Future<Void> hold(SqlConnection connection, Polled stray, ContactStore.Known known) {
        String why = "a poll from " + stray.address() + " followed on an older one than that from " + known.address();
        return hold(connection, stray.device(), known, why).compose(noted -> seen(connection, stray));
    }

    @Override
    public Future<Void> lock(SqlConnection connection, String device) {
        return contacts.lock(connection, List.of(new DeviceId(device))).mapEmpty();
    }

    /** They show in another way than by a poll; of no effect on a device that is held already. */
    @Override
    public Future<Void> twoHolders(SqlConnection connection, String device, String why) {
        DeviceId id = new DeviceId(device);
        return contacts.hold(connection, id)
                .compose(found -> found.isPresent() && found.get().heldSince() == null
                        ? hold(connection, id, found.get(), why)
                        : Future.succeededFuture());
    }

    private Future<Void> hold(SqlConnection connection, DeviceId device, ContactStore.Known known, String why) {
        held.increment();
        LOG.warn("identity held device={} why=\"{}\"", device, why);
        Instant now = clock.instant();
        return contacts.held(connection, device, why, now)
                .compose(noted -> store.forget(connection, device))
                .compose(none -> store.inStep(connection, device, known))
                .compose(first -> holds.hold(connection, device.value(), now))
                .compose(done -> listener.alarming(connection, device, Alarming.TWO_HOLDERS, why))
                .compose(told -> record(connection, "device:" + device, AuditCode.CLONE_HELD, device, why));
    }

    /** A poll of an identity that is held. */
    Future<Void> seen(SqlConnection connection, Polled poll) {
        return store.seen(connection, poll, clock.instant());
    }

    /** Those of his view that are held now, in order of device. */
    public Future<List<HeldDevice>> list(Actor actor) {
        return devices.view(actor, Action.SEE_DEVICE).compose(view -> store.list(database.pool(), view));
    }

    /**
     * One holder goes on where it was, and is told to renew its certificate with a new key; the others are turned away
     * for good and need a new code. Fails with Refusal: UNKNOWN_DEVICE, FORBIDDEN, PASSKEY_NEEDED, CONFLICT when the device is not held, NOT_FOUND when it has no such holder.
     *
     * @param number as {@link Holder} has it
     * @param reason for people, in the audit
     */
    public Future<Void> keep(Actor actor, DeviceId device, int number, String reason) {
        return decide(
                actor,
                device,
                (connection, known) -> store.branches(connection, device)
                        .compose(branches -> keep(connection, device, known, branches, number)
                                .compose(kept -> record(
                                        connection,
                                        actor.audited(),
                                        AuditCode.CLONE_DECIDED,
                                        device,
                                        "keep=" + number + " of=" + branches.size() + " reason=" + reason))));
    }

    private Future<Void> keep(
            SqlConnection connection,
            DeviceId device,
            ContactStore.Known known,
            List<HolderStore.Branch> branches,
            int number) {
        HolderStore.Branch picked = branches.stream()
                .filter(branch -> branch.number() == number)
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        Fault.NOT_FOUND, "device " + device + " has holders 1 to " + branches.size() + " only"));
        List<String> dropped = new ArrayList<>(known.dropped());
        branches.stream()
                .filter(branch -> branch.number() != number)
                .forEach(branch -> dropped.addAll(branch.tokens()));
        Tokens tokens =
                picked.inStep() ? known.tokens() : new Tokens(picked.tokens().get(0), List.of());
        return contacts.decided(
                connection,
                device,
                tokens,
                dropped.subList(Math.max(0, dropped.size() - MOST_DROPPED), dropped.size()),
                picked.certificate());
    }

    /**
     * All holders may go on: for a device of which there is only one, restored from a backup for instance. The first that
     * polls is the one that counts; when there is another, it is held again. Fails as {@link #keep}.
     */
    public Future<Void> release(Actor actor, DeviceId device, String reason) {
        return decide(
                actor,
                device,
                (connection, known) -> store.branches(connection, device)
                        .compose(branches -> contacts.decided(
                                connection,
                                device,
                                new Tokens(
                                        null,
                                        branches.stream()
                                                .flatMap(branch -> branch.tokens().stream())
                                                .toList()),
                                known.dropped(),
                                null))
                        .compose(free -> record(
                                connection, actor.audited(), AuditCode.CLONE_RELEASED, device, "reason=" + reason)));
    }

    @FunctionalInterface
    private interface Decision {
        Future<Void> take(SqlConnection connection, ContactStore.Known known);
    }

    private Future<Void> decide(Actor actor, DeviceId device, Decision decision) {
        return database.inTransaction(connection -> devices.mayOn(connection, actor, Action.DECIDE_CLONE, device)
                .compose(may -> contacts.hold(connection, device))
                .compose(found -> {
                    ContactStore.Known known =
                            found.orElseThrow(() -> new Refusal(Fault.UNKNOWN_DEVICE, "device=" + device));
                    if (known.heldSince() == null) {
                        throw new Refusal(Fault.CONFLICT, "device " + device + " is not held");
                    }
                    return decision.take(connection, known);
                })
                .compose(decided -> store.forget(connection, device))
                .compose(forgotten -> listener.settled(connection, device, Alarming.TWO_HOLDERS))
                .compose(told -> holds.release(connection, device.value())));
    }

    private Future<Void> record(
            SqlConnection connection, String actor, AuditCode code, DeviceId device, String detail) {
        return audit.record(connection, new AuditEntry(actor, code, device.value(), detail));
    }
}
