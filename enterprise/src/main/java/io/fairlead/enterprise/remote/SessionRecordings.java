package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.identity.DeviceCertificates;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.View;
import io.fairlead.enterprise.recording.AsciicastExport;
import io.fairlead.enterprise.recording.Export;
import io.fairlead.enterprise.recording.PlayExport;
import io.fairlead.enterprise.recording.Playback;
import io.fairlead.enterprise.recording.RawExport;
import io.fairlead.enterprise.recording.RecordingDamaged;
import io.fairlead.enterprise.recording.RecordingId;
import io.fairlead.enterprise.recording.Recordings;
import io.fairlead.enterprise.recording.Verification;
import io.fairlead.enterprise.recording.Vouchers;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.Ticket;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The recordings of streams, for those who may see them ({@link Action#SEE_RECORDING}): found, played, saved, verified, kept
 * longer. Each playback and each copy is audited before its first byte. Who does not see the device finds no recording.
 */
public final class SessionRecordings {
    private static final int LONGEST_LIST = 1_000;
    private static final int MOST_DAYS = 36_500;

    /** In which form a recording is read. */
    public enum Form {
        /** What a page replays: a desktop without what was typed, a terminal as asciicast. */
        PLAY,
        /** All of it. */
        RAW,
        /** What a terminal showed. */
        ASCIICAST
    }

    private final Database database;
    private final Devices devices;
    private final DeviceCertificates certificates;
    private final Audit audit;
    private final Recordings recordings;
    private final Blocking blocking;
    private final Clock clock;
    private final RecordedStore store = new RecordedStore();

    public SessionRecordings(
            Database database,
            Devices devices,
            DeviceCertificates certificates,
            Audit audit,
            Recordings recordings,
            Blocking blocking,
            Clock clock) {
        this.database = database;
        this.devices = devices;
        this.certificates = certificates;
        this.audit = audit;
        this.recordings = recordings;
        this.blocking = blocking;
        this.clock = clock;
    }

    /** Whether recordings can be read on this node at all. */
    public boolean canRead() {
        return recordings.canOpen();
    }

    /**
     * The newest.
     *
     * @param device null for all that he may see
     * @param limit 1 to 1,000
     */
    public Future<List<RecordedStream>> list(Actor actor, @Nullable DeviceId device, int limit) {
        if (limit < 1 || limit > LONGEST_LIST) {
            return Future.failedFuture(new Refusal(Fault.INVALID, "a list has 1 to 1,000 recordings"));
        }
        Future<View> view = devices.view(actor, Action.SEE_RECORDING);
        return (device == null
                        ? view
                        : devices.mayOn(actor, Action.SEE_RECORDING, device).compose(may -> view))
                .compose(where -> store.list(database.pool(), device, where, limit))
                .compose(this::stored);
    }

    /** Those of a session, the oldest first; none for who may not see them. */
    public Future<List<RecordedStream>> ofSession(Actor actor, RemoteSession session) {
        return devices.mayOn(actor, Action.SEE_RECORDING, session.device())
                .compose(may -> store.ofSession(database.pool(), session.id()))
                .compose(this::stored)
                .recover(failure ->
                        failure instanceof Refusal ? Future.succeededFuture(List.of()) : Future.failedFuture(failure));
    }

    /** The same for who must be told when he may not; fails with Refusal: NOT_FOUND, FORBIDDEN. */
    public Future<List<RecordedStream>> references(Actor actor, RemoteSession session) {
        return devices.mayOn(actor, Action.SEE_RECORDING, session.device())
                .recover(failure -> Future.failedFuture(RemoteSessions.hidden(failure, session.id())))
                .compose(may -> store.ofSession(database.pool(), session.id()))
                .compose(this::stored);
    }

    private Future<List<RecordedStream>> stored(List<RecordedStream> found) {
        return blocking.call(() -> {
            List<RecordedStream> all = new ArrayList<>(found.size());
            for (RecordedStream one : found) {
                all.add(one.with(recordings.stored(new RecordingId(one.id())).orElse(null)));
            }
            return all;
        });
    }

    /** One by its stream; fails with Refusal(NOT_FOUND), FORBIDDEN. */
    public Future<RecordedStream> get(Actor actor, String id) {
        return find(database.pool(), actor, id)
                .compose(one -> stored(List.of(one)))
                .map(all -> all.get(0));
    }

    private Future<RecordedStream> find(SqlClient client, Actor actor, String id) {
        return store.find(client, id)
                .map(found -> found.orElseThrow(() -> none(id)))
                .compose(one -> devices.mayOn(actor, Action.SEE_RECORDING, one.device())
                        .map(one)
                        .recover(refused -> Future.failedFuture(
                                refused instanceof Refusal refusal && refusal.fault() == Fault.UNKNOWN_DEVICE
                                        ? none(id)
                                        : refused)));
    }

    private static Refusal none(String id) {
        return new Refusal(Fault.NOT_FOUND, "there is no recording " + id);
    }

    /**
     * Begins to read one; the caller reads it to its end, or closes it. For people: another system may know that there is
     * one, and no more.
     *
     * @return fails with Refusal: NOT_FOUND, FORBIDDEN, CONFLICT when this node cannot read it, or not in this form
     */
    public Future<RecordingReader> read(Actor actor, String id, Form form) {
        AuditCode code = form == Form.PLAY ? AuditCode.RECORDING_PLAYED : AuditCode.RECORDING_SAVED;
        return find(database.pool(), actor, id)
                .map(one -> {
                    if (actor.isAccount()) {
                        throw new Refusal(Fault.FORBIDDEN, "actor=" + actor + ": recordings are read by people");
                    }
                    return one;
                })
                .compose(one -> blocking.call(() -> open(one, form))
                        .compose(reader -> database.inTransaction(connection -> audit.record(
                                        connection,
                                        entry(
                                                actor,
                                                code,
                                                one,
                                                " form=" + form.name().toLowerCase(java.util.Locale.ROOT))))
                                .map(reader)
                                .recover(failure -> reader.close().transform(closed -> Future.failedFuture(failure)))));
    }

    private RecordingReader open(RecordedStream one, Form form) throws IOException {
        Playback playback = recordings.open(new RecordingId(one.id()));
        try {
            return new RecordingReader(playback, export(playback, form), blocking);
        } catch (IOException | RuntimeException failed) {
            playback.close();
            throw failed;
        }
    }

    private static Export export(Playback playback, Form form) throws IOException {
        Ticket.Kind kind = playback.head().kind();
        if (form == Form.RAW) {
            return new RawExport(playback);
        }
        if (kind == Ticket.Kind.TERMINAL) {
            return new AsciicastExport(playback);
        }
        if (kind == Ticket.Kind.RFB && form == Form.PLAY) {
            return new PlayExport(playback);
        }
        throw new Refusal(Fault.CONFLICT, "a recording of kind " + kind.word() + " has no form " + form);
    }

    /** Whom a recording shows and how long it is: what its head says, read with its key. */
    public record Shown(String person, Ticket.Kind kind, Instant started, Duration length) {}

    /** What a page says of it; fails as {@link #read} does. Nothing of what went through is shown, so it is not audited. */
    public Future<Shown> shown(RecordedStream one) {
        return blocking.call(() -> {
            try (Playback playback = recordings.open(new RecordingId(one.id()))) {
                return new Shown(
                        playback.head().person(), playback.head().kind(), playback.started(), playback.length());
            }
        });
    }

    /**
     * What may be believed of one.
     *
     * @param kept statements that did not come with it, such as the customer's copies
     */
    public Future<Verification> verify(Actor actor, String id, List<SignedText> kept) {
        return find(database.pool(), actor, id)
                .compose(one -> certificates
                        .keys(database.pool(), one.device().value())
                        .compose(keys -> blocking.call(() -> recordings.verify(
                                new RecordingId(id),
                                new Vouchers(
                                        one.session(),
                                        one.id(),
                                        one.device().value(),
                                        keys,
                                        kept,
                                        Optional.ofNullable(one.sha256()))))));
    }

    /**
     * Keeps one for so many days from its beginning, which only may become more.
     *
     * @return until when; fails with Refusal: NOT_FOUND, FORBIDDEN, INVALID, CONFLICT when it is kept as long already
     */
    public Future<Instant> keep(Actor actor, String id, long days) {
        if (days < 1 || days > MOST_DAYS) {
            return Future.failedFuture(new Refusal(Fault.INVALID, "a recording is kept for 1 to 36500 days"));
        }
        return find(database.pool(), actor, id)
                .compose(one -> blocking.call(() -> extended(one, days))
                        .compose(until -> database.inTransaction(connection -> audit.record(
                                        connection,
                                        entry(
                                                actor,
                                                AuditCode.RECORDING_KEPT,
                                                one,
                                                " days=" + days + " until=" + until)))
                                .map(until)));
    }

    private Instant extended(RecordedStream one, long days) throws IOException {
        RecordingId id = new RecordingId(one.id());
        Instant until = recordings
                .stored(id)
                .orElseThrow(() -> none(one.id()))
                .started()
                .plus(Duration.ofDays(days));
        recordings.extend(id, until, clock.instant());
        return until;
    }

    /** For who shows what went wrong: a file that is not what was written. */
    public static boolean damaged(Throwable failure) {
        return failure instanceof RecordingDamaged;
    }

    private static AuditEntry entry(Actor actor, AuditCode code, RecordedStream one, String more) {
        return new AuditEntry(
                actor.audited(), code, one.device().value(), "session=" + one.session() + " stream=" + one.id() + more);
    }
}
