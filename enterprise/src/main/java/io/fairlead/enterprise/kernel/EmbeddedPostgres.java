package io.fairlead.enterprise.kernel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL of our own in {@code DATA/postgres}: a child process that listens on 127.0.0.1 only, asks every role
 * for its password (SCRAM-SHA-256), and forces every commit to disk.
 *
 * <pre>
 * new ── start() ──▶ running ── dies ──▶ restarting (same port, 0.1 s … 10 s apart) ──▶ running
 *                       └────────────── close() ──▶ stopped ◀── close() ──┘
 * </pre>
 *
 * Blocking; the composition root owns it, starts it before everything and closes it after everything. A server that is
 * killed leaves PostgreSQL behind; the next start on the same folder recognises it, stops it and starts anew.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    static final String DATABASE = "fairlead";
    // Below the range from which the system takes ports for outgoing connections (32768 and up on Linux, 49152 on
    // Windows): nobody takes ours while PostgreSQL restarts, and a client that retries never connects to itself.
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;
    private static final int ATTEMPTS = 10;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final DataFolder folder;
    private final Runnable onRestart;
    private final Object state = new Object();

    private volatile @Nullable FolderLock lock;
    private volatile @Nullable PostgresCluster cluster;
    private @Nullable PostgresProcess running;
    private volatile int port;
    private boolean stopping;

    public EmbeddedPostgres(DataFolder folder) {
        this(folder, () -> {});
    }

    /** @param onRestart called after PostgreSQL died and runs again, on a thread of ours; must not block */
    public EmbeddedPostgres(DataFolder folder, Runnable onRestart) {
        this.folder = folder;
        this.onRestart = onRestart;
    }

    /**
     * Starts PostgreSQL, makes the data folder at the first start, and makes sure that the database and its three roles
     * exist with the passwords in {@code DATA/secrets}. Returns when it answers. Once per object.
     *
     * @throws CannotStart when the folder, the disk, the user or another server stands in the way
     */
    public DatabaseSettings start() {
        Path home = folder.postgres();
        DataFolder.make(home, "rwx--x--x");
        boolean started = false;
        try {
            lock = FolderLock.take(home.resolve("lock"));
            PostgresCluster prepared = new PostgresCluster(folder, home.toRealPath());
            cluster = prepared;
            PostgresProcess process = firstStart(prepared);
            DatabaseSettings settings = new DatabaseRoles(folder).provision(prepared.settings(port), DATABASE);
            supervise(prepared, process);
            started = true;
            LOG.info(
                    "postgres=running pid={} port={} folder={}",
                    process.handle().pid(),
                    port,
                    home);
            return settings;
        } catch (IOException failure) {
            throw new CannotStart("The folder " + home + " cannot be used: " + Reason.of(failure), failure);
        } finally {
            if (!started) {
                close();
            }
        }
    }

    private PostgresProcess firstStart(PostgresCluster prepared) {
        String said = "";
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            prepared.stopOrphan();
            port = freePort();
            PostgresProcess process = launch(prepared);
            if (process != null && prepared.awaitAnswer(process, port)) {
                return process;
            }
            said = process == null ? "" : process.lastWords();
            // The port went to somebody else, or children of the one before still hold its memory: both pass.
            if (!said.contains("Address already in use") && !said.contains("pre-existing shared memory")) {
                break;
            }
            pause(FIRST_PAUSE_MILLIS * attempt);
        }
        throw new CannotStart("The embedded PostgreSQL in " + folder.postgres() + " does not start. It says: " + said);
    }

    private static int freePort() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int candidate = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (ServerSocket probe = new ServerSocket(candidate, 1, InetAddress.getByAddress(LOOPBACK))) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                LOG.debug("port={} taken", candidate);
            }
        }
        throw new CannotStart("No free port between " + FIRST_PORT + " and " + LAST_PORT + " on 127.0.0.1.");
    }

    // Null when we are being closed: from then on nothing is started.
    private @Nullable PostgresProcess launch(PostgresCluster prepared) {
        synchronized (state) {
            if (stopping) {
                return null;
            }
            PostgresProcess process = prepared.launch(port);
            running = process;
            return process;
        }
    }

    private void supervise(PostgresCluster prepared, PostgresProcess first) {
        Thread thread = new Thread(() -> keepRunning(prepared, first), "postgres-supervisor");
        thread.setDaemon(true);
        thread.start();
    }

    private void keepRunning(PostgresCluster prepared, PostgresProcess first) {
        PostgresProcess process = first;
        while (process != null) {
            int code = process.await();
            if (isStopping()) {
                return;
            }
            LOG.error("postgres=died exit_code={} last_words=\"{}\"", code, process.lastWords());
            process = restart(prepared);
        }
    }

    private @Nullable PostgresProcess restart(PostgresCluster prepared) {
        long pause = FIRST_PAUSE_MILLIS;
        while (!isStopping()) {
            try {
                prepared.stopOrphan();
                PostgresProcess process = launch(prepared);
                if (process != null && prepared.awaitAnswer(process, port)) {
                    LOG.warn(
                            "postgres=restarted pid={} port={}",
                            process.handle().pid(),
                            port);
                    onRestart.run();
                    return process;
                }
                if (process != null && !isStopping()) {
                    LOG.warn("postgres=not_restarted retry_millis={} last_words=\"{}\"", pause, process.lastWords());
                }
            } catch (RuntimeException failure) {
                LOG.error("postgres=not_restarted", failure);
            }
            pause(pause);
            pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
        }
        return null;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted", stop);
        }
    }

    private boolean isStopping() {
        synchronized (state) {
            return stopping;
        }
    }

    /** The process number of PostgreSQL as it runs now, or -1. */
    public long pid() {
        synchronized (state) {
            return running == null ? -1 : running.handle().pid();
        }
    }

    /** May do everything; for what the program itself does before its roles exist. */
    DatabaseLogin superuser() {
        if (cluster == null) {
            throw new IllegalStateException("not started");
        }
        return cluster.superuser();
    }

    /** Stops PostgreSQL: clients are cut, everything is written. May be called at any time, and again. */
    @Override
    public void close() {
        PostgresProcess last;
        synchronized (state) {
            stopping = true;
            last = running;
            running = null;
        }
        if (cluster != null && last != null) {
            cluster.stop(last);
            LOG.info("postgres=stopped");
        }
        if (lock != null) {
            lock.close();
        }
    }
}
