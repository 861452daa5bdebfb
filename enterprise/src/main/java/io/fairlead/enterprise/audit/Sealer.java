package io.fairlead.enterprise.audit;

import io.fairlead.enterprise.audit.SealStore.End;
import io.fairlead.enterprise.audit.SealStore.Head;
import io.fairlead.enterprise.audit.SealStore.Moment;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.statements.Checkpoint;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers and hashes committed rows each second, and signs what it did. Every node has one; an advisory lock of the
 * database lets one of them work, and another goes on where that one stopped.
 *
 * <pre>
 *   no connection ── connect ──▶ waiting ── lock ──▶ load ──▶ sealing ⟲ each second
 *        ▲                          each second                  │
 *        └──────────────────────── anything fails ───────────────┘
 * </pre>
 *
 * Rows are numbered as they become visible, not by id: a transaction that takes long gets its number when it has
 * committed ({@link Gaps}). Rows, seals and the signed checkpoint over them are one transaction. A row younger than that
 * is not tamper-evident yet.
 */
public final class Sealer {
    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(1);
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(60);
    /** Between checkpoints that are kept for ever. */
    private static final Duration BETWEEN_KEPT = Duration.ofMinutes(1);

    private static final int BATCH = 2_000;

    /** Where the chain stands, in this process. */
    private static final class Chain {
        final Gaps gaps;
        long number;
        byte[] hash;
        Instant at;
        Instant kept = Instant.EPOCH;

        @Nullable
        Checkpoint newest;

        Chain(End end, Instant at, Gaps gaps) {
            this.number = end.number();
            this.hash = end.hash();
            this.at = at;
            this.gaps = gaps;
        }
    }

    private final Vertx vertx;
    private final Context context;
    private final PgConnectOptions options;
    private final CheckpointSigner signer;
    private final Timers timers;
    private final SealStore store = new SealStore();

    // All of these belong to the event loop of the context.
    private @Nullable PgConnection connection;
    private volatile @Nullable Chain chain;
    /** The last that was committed here. Outlives the connection, so that who cuts both off is not followed. */
    private @Nullable Checkpoint signed;

    private Future<Long> round = Future.succeededFuture(0L);
    private boolean troubled;
    private boolean closed;

    /** @param options for a connection of the role {@code fairlead_sealer} */
    public Sealer(Vertx vertx, PgConnectOptions options, CheckpointSigner signer, Timers timers) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.options = new PgConnectOptions(options).setCachePreparedStatements(true);
        this.options.setMetricsName("fairlead_sealer");
        this.options.addProperty("application_name", "fairlead-sealer");
        this.options.addProperty("idle_in_transaction_session_timeout", "60000");
        this.options.addProperty("statement_timeout", Long.toString(LONGEST_STATEMENT.toMillis()));
        this.signer = signer;
        this.timers = timers;
    }

    /** Begins; what fails is tried again for as long as it takes. */
    public void start() {
        context.runOnContext(go -> next());
    }

    private void next() {
        if (closed) {
            return;
        }
        run().onComplete(done -> {
            if (!closed) {
                var unusedTimer = timers.after(BETWEEN_ROUNDS, () -> context.runOnContext(go -> next()));
            }
        });
    }

    /**
     * Seals what is committed now.
     *
     * @return how many rows; 0 also when another node's sealer is at work
     */
    public Future<Long> seal() {
        Promise<Long> done = Promise.promise();
        context.runOnContext(go -> run().onComplete(done));
        return done.future();
    }

    // One round at a time: the next begins when the one before has ended, however it did.
    private Future<Long> run() {
        round = round.otherwise(0L).compose(before -> closed ? Future.succeededFuture(0L) : attempt());
        return round;
    }

    private Future<Long> attempt() {
        return ready().compose(ready -> ready ? batches(0) : Future.succeededFuture(0L))
                .onSuccess(rows -> {
                    if (troubled) {
                        LOG.info("sealer=recovered");
                    }
                    troubled = false;
                })
                .recover(failure -> drop().compose(gone -> Future.failedFuture(failure)))
                .onFailure(failure -> {
                    // Once, not each second.
                    if (!troubled) {
                        LOG.error("sealer=failed rows=not-sealed retry=each-second", failure);
                    }
                    troubled = true;
                });
    }

    /** Whether this node is the one that seals. */
    private Future<Boolean> ready() {
        if (chain != null) {
            return Future.succeededFuture(true);
        }
        return connected()
                .compose(own -> store.lock(own)
                        .compose(locked -> locked ? load(own).map(true) : Future.succeededFuture(false)));
    }

    private Future<PgConnection> connected() {
        PgConnection known = connection;
        if (known != null) {
            return Future.succeededFuture(known);
        }
        return PgConnection.connect(vertx, options).map(opened -> {
            connection = opened;
            opened.closeHandler(gone -> context.runOnContext(go -> {
                if (connection == opened) {
                    connection = null;
                    chain = null;
                }
            }));
            return opened;
        });
    }

    private Future<Void> load(PgConnection own) {
        return store.moment(own)
                .compose(moment -> store.head(own)
                        .compose(head -> store.end(own)
                                .compose(end -> store.gaps(
                                                own, head.map(Head::settled).orElse(0L), moment.now())
                                        .map(gaps -> {
                                            chain = chain(end, newest(head), gaps);
                                            LOG.info("sealer=working number={}", end.number());
                                            return null;
                                        }))));
    }

    /** The newest checkpoint of which this process knows; null before the first. */
    private @Nullable Checkpoint newest(Optional<Head> head) {
        Checkpoint stored = head.map(known -> known.newest().checkpoint()).orElse(null);
        Checkpoint own = signed;
        return own != null && (stored == null || stored.number() < own.number()) ? own : stored;
    }

    /**
     * What was signed is never numbered again. If seals are missing behind the newest checkpoint, the chain goes on from the
     * checkpoint, and the hole stays for verification to find.
     */
    private static Chain chain(End end, @Nullable Checkpoint newest, Gaps gaps) {
        if (newest == null) {
            return new Chain(end, Instant.EPOCH, gaps);
        }
        byte[] hash = SealStore.bytes(newest.hash());
        if (end.number() > newest.number() || (end.number() == newest.number() && Arrays.equals(end.hash(), hash))) {
            return new Chain(end, newest.at(), gaps);
        }
        LOG.error(
                "audit=changed last_sealed={} last_signed={} remedy=\"fairlead audit verify\"",
                end.number(),
                newest.number());
        return new Chain(new End(newest.number(), hash), newest.at(), gaps);
    }

    private Future<Long> batches(long before) {
        return batch().compose(rows -> {
            long sum = before + rows;
            return rows < BATCH || closed ? Future.succeededFuture(sum) : batches(sum);
        });
    }

    private Future<Integer> batch() {
        PgConnection own = connection;
        Chain at = chain;
        if (own == null || at == null) {
            return Future.failedFuture(new IllegalStateException("the sealer's connection was lost"));
        }
        return own.begin()
                .compose(transaction ->
                        sealNext(own, at).compose(count -> transaction.commit().map(count)))
                .onSuccess(count -> signed = count > 0 ? at.newest : signed);
    }

    private Future<Integer> sealNext(PgConnection own, Chain at) {
        return store.moment(own)
                .compose(moment -> store.rows(own, at.gaps, moment.last(), at.number + 1, BATCH)
                        .compose(rows -> {
                            rows.forEach(row -> at.gaps.seen(row.id(), moment.now()));
                            if (rows.size() < BATCH) {
                                at.gaps.settle(moment.oldest(), moment.next(), moment.now());
                            }
                            return rows.isEmpty() ? Future.succeededFuture(0) : write(own, at, rows, moment);
                        }));
    }

    private Future<Integer> write(PgConnection own, Chain at, List<ChainRow> rows, Moment moment) {
        List<byte[]> hashes = new ArrayList<>(rows.size());
        byte[] hash = at.hash;
        for (ChainRow row : rows) {
            hash = row.hash(hash);
            hashes.add(hash);
        }
        // Later than the one before, whatever the clock does.
        Instant now = moment.now().isAfter(at.at) ? moment.now() : at.at.plus(1, ChronoUnit.MICROS);
        SignedCheckpoint made = sign(rows.get(rows.size() - 1).number(), hash, now);
        boolean keep = !now.isBefore(at.kept.plus(BETWEEN_KEPT));
        at.newest = made.checkpoint();
        at.number = made.checkpoint().number();
        at.hash = hash;
        at.at = now;
        at.kept = keep ? now : at.kept;
        return store.write(own, rows, hashes, at.gaps.settled(), made, keep).map(rows.size());
    }

    private SignedCheckpoint sign(long number, byte[] hash, Instant now) {
        CheckpointSigner.Key key = signer.current();
        Checkpoint checkpoint = new Checkpoint(number, HexFormat.of().formatHex(hash), now, key.id());
        return new SignedCheckpoint(checkpoint, key.sign(checkpoint.statement()), key.certificates());
    }

    /** Whether this node's sealer is the one at work. */
    public boolean works() {
        return chain != null;
    }

    /** With the connection go the lock and all that was not committed; what this process believed goes too. */
    private Future<Void> drop() {
        PgConnection last = connection;
        connection = null;
        chain = null;
        return last == null ? Future.succeededFuture() : last.close().otherwiseEmpty();
    }

    /** Ends after the round under way; what is not sealed is left to the next start. */
    public Future<Void> stop() {
        Promise<Void> done = Promise.promise();
        context.runOnContext(go -> {
            closed = true;
            round.otherwise(0L).compose(ended -> drop()).onComplete(done);
        });
        return done.future();
    }
}
