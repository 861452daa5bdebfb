package io.fairlead.enterprise.audit;

import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.statements.Checkpoint;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest checkpoint in a file of this node, {@code DATA/secrets/audit.witness}, where a superuser of the database does
 * not get: so verification finds a tail that was cut off with everything that spoke of it. Written at most every ten
 * seconds, and only when the history in the database still leads over what was written before. Once the database contradicts
 * the file, the file stays as it is, and the log says so until a person has looked.
 */
public final class OwnWitness {
    /** Its name among the secrets. */
    public static final String FILE = "audit.witness";

    private static final Logger LOG = LoggerFactory.getLogger(OwnWitness.class);
    private static final Duration BETWEEN = Duration.ofSeconds(10);
    private static final int NOTED_EACH = 360;

    private final DataFolder folder;
    private final Seals seals;
    private final Blocking blocking;
    private final Timers timers;
    private volatile boolean stopped;
    private volatile Optional<Checkpoint> written = Optional.empty();
    private int contradicted;

    public OwnWitness(DataFolder folder, Seals seals, Blocking blocking, Timers timers) {
        this.folder = folder;
        this.seals = seals;
        this.blocking = blocking;
        this.timers = timers;
    }

    /** Begins. */
    public void start() {
        keep().onComplete(done -> {
            if (!stopped) {
                var unusedTimer = timers.after(BETWEEN, this::start);
            }
        });
    }

    /** Writes what is newest now, unless it is written. A disk that takes nothing is asked again. */
    public Future<Void> keep() {
        Optional<SignedCheckpoint> newest = seals.newest();
        if (newest.isEmpty() || newest.map(SignedCheckpoint::checkpoint).equals(written)) {
            return Future.succeededFuture();
        }
        return blocking.call(this::held)
                .compose(held -> held.isEmpty()
                        ? Future.succeededFuture(true)
                        : agrees(held.get(), newest.get().checkpoint()))
                .compose(agrees -> blocking.call(() -> {
                    keep(newest.get(), agrees);
                    return null;
                }))
                .onFailure(failure -> LOG.warn("witness=not-written cause=\"{}\"", failure.getMessage()))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    /** A history that was cut and has grown past what is held looks like one that went on: its hash tells them apart. */
    private Future<Boolean> agrees(Checkpoint held, Checkpoint newest) {
        return held.agrees(newest) ? seals.lead(held) : Future.succeededFuture(false);
    }

    private synchronized void keep(SignedCheckpoint newest, boolean agrees) throws IOException {
        Checkpoint checkpoint = newest.checkpoint();
        Optional<Checkpoint> held = held();
        if (held.isPresent() && !agrees) {
            if (contradicted++ % NOTED_EACH == 0) {
                LOG.error(
                        "audit=CONTRADICTED number={} at={} held={} held_at={} remedy=\"fairlead audit verify; after a"
                                + " restore from a backup, move {} away\"",
                        checkpoint.number(),
                        checkpoint.at(),
                        held.get().number(),
                        held.get().at(),
                        folder.secretPath(FILE));
            }
            return;
        }
        contradicted = 0;
        if (held.isEmpty() || held.get().number() < checkpoint.number()) {
            folder.writeSecret(FILE, (WitnessFile.line(newest) + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        written = Optional.of(checkpoint);
    }

    private Optional<Checkpoint> held() throws IOException {
        Path file = folder.secretPath(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<SignedCheckpoint> lines = new WitnessFile(file).read();
        return lines.stream().map(SignedCheckpoint::checkpoint).reduce((first, last) -> last);
    }

    /** Writes once more and ends. */
    public Future<Void> stop() {
        stopped = true;
        return seals.read().compose(read -> keep());
    }
}
