package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.recording.RecordingId;
import io.fairlead.enterprise.recording.Recordings;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.StreamCause;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes recordings whose time is over, and says of streams that a dead node left open that they ended. First the file goes,
 * then its row may: a row without a file is found again, a file without a row would be nobody's. At the start and every hour;
 * several nodes do not disturb each other.
 */
public final class RecordingRetention {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingRetention.class);
    private static final Duration EVERY = Duration.ofHours(1);
    /** The relay of a node that lives says sooner that a stream of an ended session is over. */
    private static final Duration LIVING = Duration.ofMinutes(5);
    /** A recording may take a while to be complete behind its stream's end. */
    private static final Duration SETTLED = Duration.ofHours(1);

    private final Database database;
    private final Audit audit;
    private final Recordings recordings;
    private final Blocking blocking;
    private final Timers timers;
    private final Clock clock;
    private final RecordedStore store = new RecordedStore();
    private volatile boolean stopped;

    public RecordingRetention(
            Database database, Audit audit, Recordings recordings, Blocking blocking, Timers timers, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.recordings = recordings;
        this.blocking = blocking;
        this.timers = timers;
        this.clock = clock;
    }

    /** Runs from now on. */
    public void start() {
        if (!stopped) {
            run().onFailure(failure -> LOG.error("recording-retention=failed", failure));
            Timers.Timer unusedNeverCancelled = timers.after(EVERY, this::start);
        }
    }

    /** Runs no more. */
    public void stop() {
        stopped = true;
    }

    /** Runs now. */
    Future<Void> run() {
        return leftOpen()
                .compose(closed -> blocking.call(this::delete))
                .compose(gone -> gone.isEmpty() ? Future.succeededFuture() : noted(gone))
                .compose(noted -> vanished());
    }

    /** What crashes have left is played as far as it was written, and kept as long as any. */
    private Future<Void> leftOpen() {
        Instant now = clock.instant();
        return database.inTransaction(connection -> store.leftOpen(connection, now.minus(LIVING), now)
                .compose(found -> audit.record(
                        connection,
                        found.stream()
                                .map(one -> new AuditEntry(
                                        "server",
                                        AuditCode.SESSION_STREAM_ENDED,
                                        one.device(),
                                        "session=" + one.session() + " stream=" + one.id() + " cause="
                                                + StreamCause.OTHER_SIDE_GONE + " detail=its relay is gone"))
                                .toList())));
    }

    private List<String> delete() throws IOException {
        Instant now = clock.instant();
        List<String> gone = new ArrayList<>();
        for (RecordingId id : recordings.over(now)) {
            try {
                recordings.delete(id, now);
                gone.add(id.value());
            } catch (Refusal meanwhile) {
                // Another node was first, or somebody keeps it longer since.
                LOG.debug("recording={} not-deleted", id, meanwhile);
            }
        }
        return gone;
    }

    private Future<Void> noted(List<String> gone) {
        return database.inTransaction(connection -> store.gone(connection, gone)
                .compose(done -> audit.record(
                        connection,
                        new AuditEntry("server", AuditCode.RECORDINGS_DELETED, "", "recordings=" + gone.size()))));
    }

    /** Rows whose file went without them, as when this stopped between the two, or nothing was ever shown. */
    private Future<Void> vanished() {
        return store.endedBefore(database.pool(), clock.instant().minus(SETTLED))
                .compose(ended -> blocking.call(() -> missing(ended)))
                .compose(gone -> gone.isEmpty() ? Future.succeededFuture() : store.gone(database.pool(), gone));
    }

    private List<String> missing(List<String> ended) {
        return ended.stream().filter(id -> !recordings.has(new RecordingId(id))).toList();
    }
}
