package io.fairlead.enterprise.fleet;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Notes on devices. Nothing that was written is ever lost: an edit adds a wording. The audit says who wrote which note, not
 * what: notes name people.
 */
public final class Notes {
    /** How long the one who wrote a note may put it right; later he writes another. */
    public static final Duration EDITABLE = Duration.ofMinutes(15);

    private static final int LONGEST_LIST = 200;

    private final Database database;
    private final Devices devices;
    private final Audit audit;
    private final Clock clock;
    private final NoteStore store = new NoteStore();
    private final List<Consumer<DeviceId>> changed = new CopyOnWriteArrayList<>();

    public Notes(Database database, Devices devices, Audit audit, Clock clock) {
        this.database = database;
        this.devices = devices;
        this.audit = audit;
        this.clock = clock;
    }

    /** Calls after each note or wording that is committed, on an event loop; the call must be quick and not throw. */
    public void onChange(Consumer<DeviceId> call) {
        changed.add(call);
    }

    private void changed(Note note) {
        changed.forEach(call -> call.accept(note.device()));
    }

    /** Adds one. Fails with Refusal, as all of these do: UNKNOWN_DEVICE, FORBIDDEN, INVALID. */
    public Future<Note> write(Actor actor, DeviceId device, Remark text) {
        Instant now = clock.instant();
        return database.inTransaction(connection -> devices.mayOn(connection, actor, Action.WRITE_NOTE, device)
                        .compose(may -> store.insert(connection, device, now, actor.audited(), text))
                        .compose(id -> record(connection, actor, AuditCode.NOTE_WRITTEN, device, "note=" + id)
                                .compose(recorded -> found(connection, device, id))))
                .onSuccess(this::changed);
    }

    /**
     * Puts one right.
     *
     * @param version which wording he has before him; fails with CONFLICT when there is a newer one, when it is not his, or
     *     when the time for it is over
     */
    public Future<Note> edit(Actor actor, DeviceId device, long note, int version, Remark text) {
        return database.inTransaction(connection -> devices.mayOn(connection, actor, Action.WRITE_NOTE, device)
                        .compose(may -> found(connection, device, note))
                        .compose(one -> edited(connection, actor, one, version, text)))
                .onSuccess(this::changed);
    }

    private Future<Note> edited(SqlConnection connection, Actor actor, Note one, int version, Remark text) {
        if (!mayEdit(actor, one)) {
            throw new Refusal(
                    Fault.CONFLICT,
                    "a note is put right by whoever wrote it, within " + EDITABLE.toMinutes() + " minutes");
        }
        return store.edit(connection, one.id(), version, clock.instant(), text).compose(fresh -> {
            if (!fresh) {
                throw new Refusal(Fault.CONFLICT, "note " + one.id() + " has a newer wording than the one edited");
            }
            String detail = "note=" + one.id() + " version=" + (version + 1);
            return record(connection, actor, AuditCode.NOTE_EDITED, one.device(), detail)
                    .compose(recorded -> found(connection, one.device(), one.id()));
        });
    }

    /** Whether it is his and still young. */
    public boolean mayEdit(Actor actor, Note note) {
        return note.writtenBy().equals(actor.audited())
                && clock.instant().isBefore(note.writtenAt().plus(EDITABLE));
    }

    /**
     * Newest first.
     *
     * @param before only those older than the note of this id; 0 for from the newest
     * @param limit 1 to 200
     */
    public Future<List<Note>> list(Actor actor, DeviceId device, long before, int limit) {
        if (limit < 1 || limit > LONGEST_LIST) {
            return Future.failedFuture(new Refusal(Fault.INVALID, "a list has 1 to 200 notes"));
        }
        return devices.mayOn(actor, Action.SEE_DATA, device)
                .compose(may -> store.list(database.pool(), device, before, limit));
    }

    private Future<Note> found(SqlConnection connection, DeviceId device, long note) {
        return store.find(connection, device, note)
                .map(found ->
                        found.orElseThrow(() -> new Refusal(Fault.NOT_FOUND, "device=" + device + " note=" + note)));
    }

    private Future<Void> record(SqlConnection connection, Actor actor, AuditCode code, DeviceId device, String detail) {
        return audit.record(connection, new AuditEntry(actor.audited(), code, device.value(), detail));
    }
}
