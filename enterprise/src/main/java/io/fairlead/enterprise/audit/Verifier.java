package io.fairlead.enterprise.audit;

import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies beside everything else that a node does: one at a time, on a thread and a connection of its own, for
 * {@link #LONGEST} at most. Remembers how the last one ended until the node stops.
 */
public final class Verifier {
    /** What takes longer is given up, for the command line to do. */
    public static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Verifier.class);

    private final Blocking blocking;
    private final Opening opening;
    private final Believing believing;
    private final Path own;
    private final Timers timers;
    private final Clock clock;
    private final AtomicReference<@Nullable Run> last = new AtomicReference<>();

    /** Opens a connection, which is closed here. */
    public interface Opening {
        Connection connect() throws SQLException;
    }

    /** Reads the roots that are believed; called on a thread that may block. */
    public interface Believing {
        TrustAnchors read();
    }

    /**
     * One verification.
     *
     * @param actor who wanted it
     * @param given how many checkpoints of witnesses he gave
     * @param ended empty while it runs
     */
    public record Run(String actor, Instant begun, int given, Optional<Ended> ended) {}

    /**
     * How a run ended.
     *
     * @param verified empty when it could not be done, or took too long; the log says why
     * @param late whether it took too long
     */
    public record Ended(Instant at, Optional<Verified> verified, boolean late) {}

    /**
     * One that does nothing yet.
     *
     * @param own the newest checkpoint beside the database, which is always compared; need not exist
     */
    public Verifier(Blocking blocking, Opening opening, Believing believing, Path own, Timers timers, Clock clock) {
        this.blocking = blocking;
        this.opening = opening;
        this.believing = believing;
        this.own = own;
        this.timers = timers;
        this.clock = clock;
    }

    /** The one that runs, else the last one; empty before the first. */
    public Optional<Run> last() {
        return Optional.ofNullable(last.get());
    }

    /**
     * Begins one, and notes it in the audit when it has a result.
     *
     * @return why a witness cannot be used, else empty, and it runs; fails with Refusal(CONFLICT) while another runs
     */
    public Future<Optional<String>> begin(String actor, List<SignedCheckpoint> witnesses) {
        return blocking.call(() -> fault(witnesses)).compose(fault -> {
            if (fault.isEmpty()) {
                Run run = new Run(actor, clock.instant(), witnesses.size(), Optional.empty());
                @Nullable Run before = last.get();
                if ((before != null && before.ended().isEmpty()) || !last.compareAndSet(before, run)) {
                    return Future.failedFuture(new Refusal(Fault.CONFLICT, "a verification is running"));
                }
                Job job = new Job(actor, witnesses);
                Timers.Timer limit = timers.after(LONGEST, job::giveUp);
                blocking.call(job::verified).onComplete(result -> {
                    limit.cancel();
                    if (result.failed()) {
                        LOG.warn("verification=failed actor={} late={}", actor, job.late, result.cause());
                    }
                    last.set(new Run(
                            actor,
                            run.begun(),
                            run.given(),
                            Optional.of(new Ended(clock.instant(), Optional.ofNullable(result.result()), job.late))));
                });
            }
            return Future.succeededFuture(fault);
        });
    }

    private Optional<String> fault(List<SignedCheckpoint> witnesses) {
        TrustAnchors anchors = believing.read();
        return witnesses.stream()
                .flatMap(one -> anchors
                        .fault(one)
                        .map(why -> "checkpoint " + one.checkpoint().number() + " is not this server's: " + why)
                        .stream())
                .findFirst();
    }

    private final class Job {
        private final String actor;
        private final List<SignedCheckpoint> witnesses;
        private volatile @Nullable Connection open;
        private volatile boolean late;

        Job(String actor, List<SignedCheckpoint> witnesses) {
            this.actor = actor;
            this.witnesses = witnesses;
        }

        Verified verified() throws SQLException, IOException {
            List<SignedCheckpoint> all = new ArrayList<>(witnesses);
            if (Files.exists(own)) {
                all.addAll(new WitnessFile(own).read());
            }
            Verification verification = new Verification(believing.read(), all);
            try (Connection connection = opening.connect()) {
                open = connection;
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                Verified verified = verification.run(connection);
                connection.commit();
                verification.record(connection, actor, verified);
                connection.commit();
                return verified;
            }
        }

        /** Whatever it reads from the database next fails. */
        void giveUp() {
            late = true;
            Connection connection = open;
            if (connection != null) {
                try {
                    connection.abort(Runnable::run);
                } catch (SQLException gone) {
                    LOG.debug("verification=not-aborted", gone);
                }
            }
        }
    }
}
