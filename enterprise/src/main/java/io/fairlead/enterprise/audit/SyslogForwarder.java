package io.fairlead.enterprise.audit;

import io.fairlead.enterprise.kernel.CannotStart;
import io.fairlead.enterprise.kernel.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends every sealed row, in order of number, and the newest checkpoint to a syslog receiver, on a thread of its own: at
 * least once. A connection is held for at most half a minute; when the receiver has answered its end with its own, the
 * cursor in the database moves. What was not confirmed so is sent again.
 *
 * <pre>
 *   idle ── sealed rows beyond the cursor ──▶ connected ⟲ send, look for more
 *     ▲ 1 s                                      │ 30 s, or 10,000 messages
 *     ├── cursor moves ◀── receiver closes ◀── our end
 *     └── 1 s … 60 s ◀── anything fails, from the cursor on again
 * </pre>
 *
 * Of several nodes the one that seals sends; when another takes over in between, some rows come twice.
 */
public final class SyslogForwarder {
    private static final Logger LOG = LoggerFactory.getLogger(SyslogForwarder.class);
    private static final int PAGE = 500;
    private static final int MOST_MESSAGES = 10_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final long ANSWER_SECONDS = 40;

    private final Database database;
    private final SyslogTarget target;
    private final SyslogLine lines;
    private final SyslogTls tls;
    private final BooleanSupplier working;
    private final Duration held;
    private final AuditStore audit = new AuditStore();
    private final SealStore seals = new SealStore();
    private final SyslogStore store = new SyslogStore();
    private final Thread thread = new Thread(this::run, "audit-syslog");

    private volatile boolean stopped;
    private volatile @Nullable SyslogConnection open;
    private volatile long confirmed;
    private volatile String trouble = "";

    /**
     * @param host what messages name as their origin
     * @param working whether this node is the one that sends: {@link Sealer#works}
     * @throws CannotStart when a file of the target cannot be used
     */
    public SyslogForwarder(
            Vertx vertx, Database database, SyslogTarget target, String host, BooleanSupplier working, Clock clock) {
        this(vertx, database, target, host, working, clock, Duration.ofSeconds(30));
    }

    /** @param held how long a connection is held for more rows */
    SyslogForwarder(
            Vertx vertx,
            Database database,
            SyslogTarget target,
            String host,
            BooleanSupplier working,
            Clock clock,
            Duration held) {
        this.database = database;
        this.target = target;
        this.lines = new SyslogLine(host);
        this.tls = usable(new SyslogTls(vertx, target, clock));
        this.working = working;
        this.held = held;
        thread.setDaemon(true);
    }

    private static SyslogTls usable(SyslogTls tls) {
        try {
            SSLContext unusedYet = tls.context();
            return tls;
        } catch (IOException unusable) {
            throw new CannotStart(String.valueOf(unusable.getMessage()), unusable);
        }
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /** The number of the last row that the receiver confirmed, as this node knows it; 0 for none. */
    public long confirmed() {
        return confirmed;
    }

    private void run() {
        Duration pause = betweenLooks();
        try {
            while (!stopped) {
                try {
                    if (working.getAsBoolean()) {
                        deliver();
                    }
                    if (!trouble.isEmpty()) {
                        LOG.info("syslog=recovered target={} confirmed={}", target.name(), confirmed);
                    }
                    trouble = "";
                    pause = betweenLooks();
                } catch (IOException | ExecutionException | TimeoutException | RuntimeException failure) {
                    complain(failure);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                }
                if (!stopped) {
                    Thread.sleep(pause.toMillis());
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration betweenLooks() {
        return held.compareTo(BETWEEN_LOOKS) < 0 ? held : BETWEEN_LOOKS;
    }

    /** Once for each cause, not with each attempt. */
    private void complain(Exception failure) {
        String cause = failure instanceof IOException ? String.valueOf(failure.getMessage()) : failure.toString();
        if (!stopped && !cause.equals(trouble)) {
            LOG.warn(
                    "syslog=failed target={} confirmed={} rows=kept-and-sent-later cause=\"{}\"",
                    target.name(),
                    confirmed,
                    cause);
        }
        trouble = cause;
    }

    /** What keeps rows from the receiver now; empty while nothing does. */
    public Optional<String> trouble() {
        return Optional.of(trouble).filter(cause -> !cause.isEmpty());
    }

    private void deliver() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        long from = answer(store.cursor(database.pool(), target.name()));
        confirmed = from;
        List<ExportRow> rows = answer(audit.sealed(database.pool(), from, PAGE));
        if (rows.isEmpty()) {
            return;
        }
        tls.mustBeInTime();
        SSLContext context = tls.context();
        long last;
        try (SyslogConnection connection = new SyslogConnection(target, context)) {
            open = connection;
            last = send(connection, rows);
            connection.confirm();
        } catch (IOException failed) {
            throw tls.explained(failed);
        } finally {
            open = null;
        }
        long moved = answer(store.move(database.pool(), target.name(), last).map(last));
        confirmed = moved;
    }

    private long send(SyslogConnection connection, List<ExportRow> first)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        long until = System.nanoTime() + held.toNanos();
        List<ExportRow> rows = first;
        long last = 0;
        long sent = 0;
        while (true) {
            for (ExportRow row : rows) {
                connection.send(lines.of(row));
                last = row.row().number().orElseThrow();
            }
            connection.flush();
            sent += rows.size();
            boolean whole = rows.size() == PAGE;
            if (stopped || sent >= MOST_MESSAGES || (!whole && System.nanoTime() - until >= 0)) {
                break;
            }
            if (!whole) {
                Thread.sleep(Math.min(BETWEEN_LOOKS.toMillis(), Math.max(1, held.toMillis())));
            }
            rows = answer(audit.sealed(database.pool(), last, PAGE));
        }
        SealStore.@Nullable Head head = answer(seals.head(database.pool())).orElse(null);
        if (head != null) {
            connection.send(lines.of(head.newest()));
        }
        return last;
    }

    private static <T> T answer(Future<T> asked) throws InterruptedException, ExecutionException, TimeoutException {
        return asked.toCompletionStage().toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    /** Ends; what is not confirmed is sent again by the next start. */
    public void stop() {
        stopped = true;
        thread.interrupt();
        SyslogConnection now = open;
        if (now != null) {
            try {
                now.close();
            } catch (IOException gone) {
                LOG.debug("syslog=close-failed");
            }
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }
}
