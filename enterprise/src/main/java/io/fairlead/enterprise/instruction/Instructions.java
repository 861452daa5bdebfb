package io.fairlead.enterprise.instruction;

import io.fairlead.contract.agent.Order;
import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.fleet.StandingListener;
import io.fairlead.enterprise.identity.SignedBytes;
import io.fairlead.enterprise.identity.SignerCertificates;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.soap.Documents;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instructions of all devices. An instruction is numbered, signed, stored, announced and audited in one
 * transaction; from then on its bytes never change.
 */
public final class Instructions implements StandingListener {
    /** How long an instruction may wait when nobody says otherwise. */
    public static final Duration VALIDITY = Duration.ofHours(24);

    private static final Logger LOG = LoggerFactory.getLogger(Instructions.class);
    private static final String LABEL = "fairlead instruction 1";
    private static final Duration AUDIT_EVERY = Duration.ofHours(1);
    private static final int LARGEST = 4_096;
    private static final int LONGEST_LIST = 1_000;

    private final Database database;
    private final Devices devices;
    private final Rights people;
    private final Function<byte[], SignedBytes> signer;
    private final Documents documents;
    private final Audit audit;
    private final Clock clock;
    private final ResultListener listener;
    private final InstructionStore store = new InstructionStore();
    private final InstructionReads reads = new InstructionReads();
    private final SignerCertificates certificates = new SignerCertificates();
    private final Map<String, byte[]> known = new ConcurrentHashMap<>();

    /**
     * @param signer signs the bytes of an order on the calling event loop: OrderSigner's sign
     */
    public Instructions(
            Database database,
            Devices devices,
            Rights people,
            Function<byte[], SignedBytes> signer,
            Documents documents,
            Audit audit,
            Clock clock) {
        this(database, devices, people, signer, documents, audit, clock, ResultListener.NOBODY);
    }

    /**
     * As above.
     *
     * @param listener hears of results
     */
    public Instructions(
            Database database,
            Devices devices,
            Rights people,
            Function<byte[], SignedBytes> signer,
            Documents documents,
            Audit audit,
            Clock clock,
            ResultListener listener) {
        this.database = database;
        this.devices = devices;
        this.people = people;
        this.signer = signer;
        this.documents = documents;
        this.audit = audit;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Creates an instruction and answers its number once it is committed.
     *
     * @param validity from now; one second to 90 days. The agent does not begin it later
     * @return fails with Refusal: INVALID for a validity or an act out of bounds, UNKNOWN_DEVICE, FORBIDDEN,
     *     PASSKEY_NEEDED, NOT_ENROLLED, DEVICE_MUTED
     */
    public Future<Long> create(Actor actor, DeviceId device, Act act, Duration validity) {
        try {
            Wish wish = new Wish(actor, device, act, validity, "");
            return create(wish);
        } catch (Refusal refused) {
            return Future.failedFuture(refused);
        }
    }

    /** The same. */
    public Future<Long> create(Wish wish) {
        return database.inTransaction(connection -> create(connection, wish));
    }

    /** The same, in the caller's transaction; the device's row is held until that ends. */
    public Future<Long> create(SqlConnection connection, Wish wish) {
        return devices.mayOn(connection, wish.actor(), wish.act().right(), wish.device())
                .compose(may -> people.inWords(connection, wish.actor()))
                .compose(by -> devices.number(connection, wish.device()).map(numbered -> signed(wish, by, numbered)))
                .compose(fresh -> stored(connection, fresh));
    }

    private Signed signed(Wish wish, String by, Devices.Numbered numbered) {
        String enrolment = numbered.enrolment();
        if (enrolment == null) {
            throw new Refusal(Fault.NOT_ENROLLED, "device=" + wish.device());
        }
        Instant now = clock.instant();
        Instant notAfter = now.plus(wish.validity()).truncatedTo(ChronoUnit.MILLIS);
        Order order = new Order();
        order.setLabel(LABEL);
        order.setDevice(wish.device().value());
        order.setEnrolment(enrolment);
        order.setSequence(numbered.sequence());
        order.setNotAfter(notAfter);
        order.setBy(by);
        order.setReason(wish.reason().isEmpty() ? null : wish.reason());
        wish.act().into(order);
        SignedBytes signed = signer.apply(bytes(order));
        return new Signed(
                new InstructionStore.Fresh(
                        wish,
                        enrolment,
                        new SignedOrder(numbered.sequence(), signed.bytes(), signed.signature(), signed.keyId()),
                        notAfter,
                        now),
                signed);
    }

    private byte[] bytes(Order order) {
        byte[] bytes = documents.write(order);
        if (bytes.length > LARGEST) {
            throw Refusal.saying(
                    Fault.INVALID, "the instruction has " + bytes.length + " bytes when written, more than 4,096");
        }
        return bytes;
    }

    /** An instruction ready to be stored, and what its signer made of it. */
    private record Signed(InstructionStore.Fresh row, SignedBytes bytes) {}

    private Future<Long> stored(SqlConnection connection, Signed signed) {
        InstructionStore.Fresh row = signed.row();
        Wish wish = row.wish();
        AuditEntry entry = new AuditEntry(
                wish.doer(),
                AuditCode.INSTRUCTION_CREATED,
                wish.device().value(),
                "sequence=" + row.signed().sequence() + " kind=" + wish.act().kind() + " subject="
                        + wish.act().detail()
                        + (wish.through() == null ? "" : " for=" + wish.actor())
                        + (wish.reason().isEmpty() ? "" : " reason=" + wish.reason()));
        return certificates
                .keep(connection, signed.bytes())
                .compose(kept -> store.insert(connection, row))
                .compose(inserted -> audit.record(connection, entry))
                .compose(audited -> store.notifyOf(connection, wish.device()))
                .map(row.signed().sequence());
    }

    /**
     * What waits for a device above a number, in order: made for its present enrolment, in time, without a result.
     *
     * @param limit at most so many
     */
    public Future<List<SignedOrder>> waiting(DeviceId device, long above, int limit) {
        return waiting(List.of(new InstructionStore.Above(device, above)), limit)
                .map(found -> found.getOrDefault(device, List.of()));
    }

    /** The same for many devices in one query; a device for which nothing waits is absent. */
    Future<Map<DeviceId, List<SignedOrder>>> waiting(Collection<InstructionStore.Above> wanted, int limit) {
        return store.waiting(database.pool(), wanted, clock.instant(), limit);
    }

    /**
     * The X.509 certificates (DER) of the keys that signed, on whatever node, by key id; a key of which none is kept is
     * absent. They are read once: a node meets a few in a year.
     */
    public Future<Map<String, byte[]>> signers(Collection<String> keyIds) {
        List<Future<Optional<byte[]>>> found = keyIds.stream().map(this::signer).toList();
        return Future.all(found).map(all -> {
            Map<String, byte[]> byKey = new LinkedHashMap<>();
            int i = 0;
            for (String keyId : keyIds) {
                found.get(i++).result().ifPresent(certificate -> byKey.put(keyId, certificate));
            }
            return byKey;
        });
    }

    private Future<Optional<byte[]>> signer(String keyId) {
        byte[] certificate = known.get(keyId);
        if (certificate != null) {
            return Future.succeededFuture(Optional.of(certificate));
        }
        return certificates.find(database.pool(), List.of(keyId)).map(rows -> {
            rows.stream().findFirst().ifPresent(read -> known.put(keyId, read));
            return rows.stream().findFirst();
        });
    }

    /**
     * Takes back what cannot be delivered, because no certificate of its signer is kept: no node of ours has made it. It must
     * not stand before what can be.
     */
    Future<Void> undeliverable(DeviceId device, List<SignedOrder> orders) {
        LOG.error("instructions without a signer device={} count={}", device, orders.size());
        List<Long> sequences = orders.stream().map(SignedOrder::sequence).toList();
        return database.inTransaction(connection -> store.cancelAll(connection, device, sequences, clock.instant())
                .compose(cancelled ->
                        cancelled(connection, "server", device, sequences, "no certificate of the signer")));
    }

    /**
     * Takes note, in the caller's transaction, of what polls are about to be answered; only what was given can be in a
     * journal.
     */
    Future<Void> delivered(SqlConnection connection, Map<DeviceId, List<SignedOrder>> given) {
        return given.isEmpty() ? Future.succeededFuture() : store.delivered(connection, given, clock.instant());
    }

    /** Takes note, in the caller's transaction, that agents have all they were given up to a number in their journals. */
    Future<Void> journaled(SqlConnection connection, Map<DeviceId, Long> upTo) {
        return upTo.isEmpty() ? Future.succeededFuture() : store.journaled(connection, upTo, clock.instant());
    }

    /**
     * Stores results in the caller's transaction, in the order given. The first word on an instruction wins; results of
     * instructions that were never made are left out and counted; of each device the audit names them once an hour at most.
     */
    public Future<Void> settle(SqlConnection connection, List<Result> results) {
        List<Result> first = Results.firstOfEach(results);
        Instant now = clock.instant();
        return store.settle(connection, first, now)
                .compose(settled -> audit.record(
                                connection,
                                settled.stream().map(Instructions::finished).toList())
                        .compose(audited ->
                                settled.isEmpty() ? Future.succeededFuture() : listener.settled(connection, settled)))
                .compose(heard -> store.unknown(connection, first))
                .compose(unknown -> strangers(connection, unknown, now));
    }

    private static AuditEntry finished(Result result) {
        return new AuditEntry(
                "device:" + result.device(),
                AuditCode.INSTRUCTION_FINISHED,
                result.device().value(),
                "sequence=" + result.sequence() + " outcome=" + result.outcome());
    }

    private Future<Void> strangers(SqlConnection connection, List<Result> unknown, Instant now) {
        if (unknown.isEmpty()) {
            return Future.succeededFuture();
        }
        return store.countUnknown(connection, unknown, now, now.minus(AUDIT_EVERY))
                .compose(due -> audit.record(
                        connection,
                        due.stream()
                                .map(device -> new AuditEntry(
                                        "device:" + device.device(),
                                        AuditCode.RESULT_UNKNOWN,
                                        device.device().value(),
                                        "results=" + device.results()))
                                .toList()));
    }

    /**
     * Takes an instruction back that is in no journal yet. What an agent was given a moment ago it may do all the same; then
     * its result counts. Fails with Refusal: INVALID, UNKNOWN_DEVICE, FORBIDDEN, NOT_FOUND, CONFLICT when it is too late.
     */
    public Future<Void> cancel(Actor actor, DeviceId device, long sequence, String reason) {
        if (!Wish.isReason(reason)) {
            return Future.failedFuture(Refusal.saying(Fault.INVALID, Wish.A_REASON));
        }
        return devices.mayOn(actor, Action.STOP, device)
                .compose(may -> reads.find(database.pool(), device, sequence, clock.instant()))
                .compose(found -> {
                    Instruction one = found.orElseThrow(() -> none(device, sequence));
                    return database.inTransaction(connection -> cancel(connection, actor, one, reason));
                });
    }

    private Future<Void> cancel(SqlConnection connection, Actor actor, Instruction one, String reason) {
        return store.cancel(connection, one.device(), one.sequence(), clock.instant())
                .compose(cancelled -> {
                    if (cancelled.isEmpty()) {
                        throw Refusal.saying(
                                Fault.CONFLICT,
                                "instruction " + one.sequence() + " is " + one.state() + " already",
                                "it is " + one.state().name().toLowerCase(Locale.ROOT) + " already");
                    }
                    return cancelled(connection, actor.audited(), one.device(), cancelled, reason);
                });
    }

    private static Refusal none(DeviceId device, long sequence) {
        return new Refusal(Fault.NOT_FOUND, "device=" + device + " instruction=" + sequence);
    }

    /** Everything that waits for it is taken back. */
    @Override
    public Future<Void> stolen(SqlConnection connection, DeviceId device, String actor) {
        return allTakenBack(connection, device, actor, "stolen");
    }

    /** The same. */
    @Override
    public Future<Void> retired(SqlConnection connection, DeviceId device, String actor) {
        return allTakenBack(connection, device, actor, "retired");
    }

    private Future<Void> allTakenBack(SqlConnection connection, DeviceId device, String actor, String reason) {
        return store.cancel(connection, device, null, clock.instant())
                .compose(cancelled -> cancelled.isEmpty()
                        ? Future.succeededFuture()
                        : cancelled(connection, actor, device, cancelled, reason));
    }

    private Future<Void> cancelled(
            SqlConnection connection, String actor, DeviceId device, List<Long> sequences, String reason) {
        String numbers = sequences.size() <= 20 ? sequences.toString() : sequences.subList(0, 20) + "…";
        return audit.record(
                        connection,
                        new AuditEntry(
                                actor,
                                AuditCode.INSTRUCTION_CANCELLED,
                                device.value(),
                                "count=" + sequences.size() + " sequences=" + numbers + " reason=" + reason))
                .compose(audited -> listener.takenBack(connection, actor, device, sequences));
    }

    /**
     * The newest instructions of a device, newest first.
     *
     * @param limit 1 to 1,000
     */
    public Future<List<Instruction>> list(Actor actor, DeviceId device, int limit) {
        if (limit < 1 || limit > LONGEST_LIST) {
            return Future.failedFuture(new Refusal(Fault.INVALID, "a list has 1 to 1,000 instructions"));
        }
        return devices.mayOn(actor, Action.SEE_DATA, device)
                .compose(may -> reads.list(database.pool(), device, limit, clock.instant()));
    }

    /** One instruction; empty when the device never had one of this number. */
    public Future<Optional<Instruction>> find(Actor actor, DeviceId device, long sequence) {
        return devices.mayOn(actor, Action.SEE_DATA, device)
                .compose(may -> reads.find(database.pool(), device, sequence, clock.instant()));
    }

    /** How many instructions of each device of his view may still bring a result; a device without one is absent. */
    public Future<Map<DeviceId, Integer>> unfinishedCounts(Actor actor) {
        return devices.view(actor, Action.SEE_DATA)
                .compose(view -> store.unfinished(database.pool(), clock.instant(), view));
    }

    /** The devices for which an instruction that one of these keys signed waits to be fetched. */
    public Future<List<String>> waitingFor(Collection<String> signerKeyIds) {
        return store.waitingFor(database.pool(), signerKeyIds, clock.instant());
    }
}
