package io.fairlead.enterprise.audit;

import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.statements.Checkpoint;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the audit is sealed, as this node knows it: read once a second, whichever node seals. Safe for use by several
 * threads.
 */
public final class Seals {
    private static final Logger LOG = LoggerFactory.getLogger(Seals.class);
    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(1);

    private final Database database;
    private final Timers timers;
    private final SealStore store = new SealStore();
    private volatile @Nullable SignedCheckpoint newest;
    private volatile boolean stopped;

    public Seals(Database database, Timers timers) {
        this.database = database;
        this.timers = timers;
    }

    /** Begins to read. */
    public void start() {
        read().onComplete(done -> {
            if (!stopped) {
                var unusedTimer = timers.after(BETWEEN_READINGS, this::start);
            }
        });
    }

    /** Reads now. A database that is away leaves what was known. */
    public Future<Void> read() {
        return store.head(database.pool())
                .onSuccess(head -> newest = head.map(SealStore.Head::newest).orElse(null))
                .onFailure(failure -> LOG.debug("seals=not-read cause=\"{}\"", failure.getMessage()))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    /** The newest checkpoint; empty before the first. */
    public Optional<SignedCheckpoint> newest() {
        return Optional.ofNullable(newest);
    }

    /** The number of the last sealed row; 0 before the first. */
    public long number() {
        SignedCheckpoint known = newest;
        return known == null ? 0 : known.checkpoint().number();
    }

    /** When that row was sealed, by the database's clock; empty before the first. What came later is not tamper-evident. */
    public Optional<Instant> at() {
        return newest().map(known -> known.checkpoint().at());
    }

    /** Whether the history that the database shows now is the one that this checkpoint was signed for. */
    public Future<Boolean> lead(Checkpoint checkpoint) {
        return store.hash(database.pool(), checkpoint.number())
                .map(hash -> hash.filter(found -> Arrays.equals(found, SealStore.bytes(checkpoint.hash())))
                        .isPresent());
    }

    /** Checkpoints that were kept, one a minute at most, in order of number, above the given one; at most 500. */
    public Future<List<SignedCheckpoint>> kept(long after) {
        return store.kept(database.pool(), after);
    }

    public void stop() {
        stopped = true;
    }
}
