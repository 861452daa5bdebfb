package io.fairlead.enterprise.file;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.instruction.Act;
import io.fairlead.enterprise.instruction.Instruction;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.instruction.Wish;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.View;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transfers as people ask for them, look at them and end them. */
public final class Transfers {
    private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);
    private static final int LONGEST_LIST = 1_000;

    private final Database database;
    private final Devices devices;
    private final Instructions instructions;
    private final Audit audit;
    private final Blobs blobs;
    private final Ids ids;
    private final Clock clock;
    private final TransferStore store = new TransferStore();
    private final TransferSearchStore search = new TransferSearchStore();
    private final Ledger ledger;

    public Transfers(
            Database database,
            Devices devices,
            Instructions instructions,
            BlobStore blobs,
            Audit audit,
            Blocking blocking,
            Ids ids,
            Clock clock) {
        this.database = database;
        this.devices = devices;
        this.instructions = instructions;
        this.audit = audit;
        this.blobs = new Blobs(blobs, blocking);
        this.ids = ids;
        this.clock = clock;
        this.ledger = new Ledger(store, audit);
    }

    /**
     * Has a device send a file.
     *
     * @param path below one of its upload roots; what is allowed, the device decides
     * @param reason for the person at the instrument; empty when none is given
     * @return fails with Refusal: INVALID, UNKNOWN_DEVICE, FORBIDDEN, PASSKEY_NEEDED, NOT_ENROLLED
     */
    public Future<Transfer> upload(Actor actor, DeviceId device, String path, String reason) {
        TransferId id = new TransferId(ids.next());
        return begin(
                Wish.of(actor, device, new Act.Upload(id.value(), path), reason), id, Direction.UPLOAD, null, null);
    }

    /** Has a device make and send a diagnostic package. */
    public Future<Transfer> diagnosticPackage(Actor actor, DeviceId device, String reason) {
        TransferId id = new TransferId(ids.next());
        Wish wish = Wish.of(actor, device, new Act.DiagnosticPackage(id.value()), reason);
        return begin(wish, id, Direction.PACKAGE, null, null);
    }

    /** Has a device fetch a file that lies in the store. */
    Future<Transfer> send(Actor actor, DeviceId device, String blob, Offer file, String reason) {
        TransferId id = new TransferId(ids.next());
        Act act = new Act.Receive(id.value(), file.name(), file.size(), file.sha256());
        return begin(Wish.of(actor, device, act, reason), id, Direction.RECEIVE, file, blob);
    }

    private Future<Transfer> begin(
            Wish wish, TransferId id, Direction direction, @Nullable Offer offer, @Nullable String blob) {
        return database.inTransaction(connection -> instructions
                .create(connection, wish)
                .compose(sequence -> ledger.opened(
                        connection,
                        new Transfer(
                                id,
                                wish.device(),
                                direction,
                                wish.act().detail(),
                                offer,
                                TransferState.REQUESTED,
                                0,
                                0,
                                blob,
                                0,
                                sequence,
                                wish.actor().audited(),
                                wish.reason(),
                                null,
                                clock.instant(),
                                null,
                                null,
                                null))));
    }

    /**
     * Ends a transfer at once: the next byte is refused. The device is told when it may have begun; said again, it is told
     * again. One that has ended otherwise is Refusal(CONFLICT).
     */
    public Future<Transfer> cancel(Actor actor, TransferId id) {
        return get(actor, Action.STOP, id)
                .compose(may -> database.inTransaction(connection -> store.lock(connection, id)
                        .map(found -> found.orElseThrow(() -> none(id)))
                        .compose(one -> cancelled(connection, actor, one))))
                .compose(before -> told(actor, before))
                .compose(done -> store.find(database.pool(), id))
                .map(found -> found.orElseThrow(() -> none(id)));
    }

    /** Answers what it was before. */
    private Future<Transfer> cancelled(SqlConnection connection, Actor actor, Transfer one) {
        if (one.state() == TransferState.CANCELLED) {
            return Future.succeededFuture(one);
        }
        if (one.state().isEnd()) {
            throw Refusal.saying(
                    Fault.CONFLICT,
                    "transfer=" + one.id() + " has ended: " + one.state(),
                    "it has ended: " + one.state().name().toLowerCase(Locale.ROOT));
        }
        Transfer ended = one.ended(TransferState.CANCELLED, "cancelled by " + actor.audited(), clock.instant());
        return ledger.changed(connection, actor.audited(), one, ended).map(one);
    }

    /** Should nobody be able to tell the device, its next byte does. */
    private Future<Void> told(Actor actor, Transfer one) {
        if (one.direction().isUp()) {
            blobs.forget(one.blob());
        }
        Act act = new Act.CancelTransfer(one.id().value());
        return takenBack(actor, one)
                .compose(back -> back
                        ? Future.<Void>succeededFuture()
                        : instructions
                                .create(Wish.of(actor, one.device(), act, ""))
                                .mapEmpty())
                .recover(failure -> {
                    LOG.warn("transfer={} device not told that it is cancelled", one.id(), failure);
                    return Future.succeededFuture();
                });
    }

    /** Whether its order is taken back, now or before, and never was begun: nobody need be told of what he never heard of. */
    private Future<Boolean> takenBack(Actor actor, Transfer one) {
        boolean begun = one.begunAt() != null || (one.direction().isUp() && one.offer() != null);
        return begun
                ? Future.succeededFuture(false)
                : instructions
                        .cancel(actor, one.device(), one.sequence(), "its transfer was cancelled")
                        .map(true)
                        .recover(tooLate -> instructions
                                .find(actor, one.device(), one.sequence())
                                .map(found -> found.filter(order -> order.state() == Instruction.State.CANCELLED)
                                        .isPresent()));
    }

    /** One; Refusal(NOT_FOUND) when it never was, is forgotten, or is of a device that he may not see; FORBIDDEN. */
    public Future<Transfer> get(Actor actor, TransferId id) {
        return get(actor, Action.SEE_DATA, id);
    }

    private Future<Transfer> get(Actor actor, Action action, TransferId id) {
        return store.find(database.pool(), id)
                .map(found -> found.orElseThrow(() -> none(id)))
                .compose(one -> mayOn(devices, database.pool(), actor, action, one));
    }

    /** What belongs to a device that somebody may not see looks as if it were not there. */
    static Future<Transfer> mayOn(Devices devices, SqlClient client, Actor actor, Action action, Transfer one) {
        return devices.mayOn(client, actor, action, one.device()).map(one).recover(refused -> {
            boolean unseen = refused instanceof Refusal refusal && refusal.fault() == Fault.UNKNOWN_DEVICE;
            return Future.failedFuture(unseen ? none(one.id()) : refused);
        });
    }

    /**
     * Those that go on, then the newest.
     *
     * @param device null for all that he may see
     * @param limit 1 to 1,000
     */
    public Future<List<Transfer>> list(Actor actor, @Nullable DeviceId device, int limit) {
        if (limit < 1 || limit > LONGEST_LIST) {
            return Future.failedFuture(new Refusal(Fault.INVALID, "a list has 1 to 1,000 transfers"));
        }
        Future<View> view = devices.view(actor, Action.SEE_DATA);
        return (device == null
                        ? view
                        : devices.mayOn(actor, Action.SEE_DATA, device).compose(may -> view))
                .compose(where -> store.list(database.pool(), device, where, limit));
    }

    /** A page of those that he may see; fails with Refusal: UNKNOWN_DEVICE, FORBIDDEN. */
    public Future<TransferPage> find(Actor actor, TransferQuery query) {
        DeviceId device = query.device();
        return (device == null
                        ? devices.mustView(actor, Action.SEE_DATA)
                        : devices.mayOn(actor, Action.SEE_DATA, device)
                                .compose(may -> devices.view(actor, Action.SEE_DATA)))
                .compose(where -> search.page(database.pool(), query, where));
    }

    /**
     * Bytes of a file that is here whole. At offset 0 it is audited that somebody reads it.
     *
     * @return at most {@link BlobStore#CHUNK} bytes, none behind its end; fails with Refusal: NOT_FOUND, FORBIDDEN, CONFLICT when it
     *     is not whole; with BlobDamaged
     */
    public Future<byte[]> read(Actor actor, TransferId id, long offset) {
        return get(actor, Action.READ_FILE, id).compose(one -> {
            String blob = readable(one);
            Future<Void> audited = offset > 0
                    ? Future.succeededFuture()
                    : audit.record(Ledger.entry(actor.audited(), AuditCode.TRANSFER_SAVED, one, ""));
            return audited.compose(done -> blobs.read(blob, offset, BlobStore.CHUNK));
        });
    }

    /** The blob of a transfer whose bytes may be read. */
    static String readable(Transfer one) {
        String blob = one.blob();
        if (blob == null || !one.isReadable()) {
            throw new Refusal(Fault.CONFLICT, "transfer=" + one.id() + " has no file to read: it is " + one.state());
        }
        return blob;
    }

    static Refusal none(TransferId id) {
        return new Refusal(Fault.NOT_FOUND, "there is no transfer " + id);
    }
}
