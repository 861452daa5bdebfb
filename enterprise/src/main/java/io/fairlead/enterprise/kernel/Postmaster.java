package io.fairlead.enterprise.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL processes on a data folder that we may not have started: orphans of a server that was killed. Known by
 * {@code postmaster.pid} and then by what the process really is, since the system uses numbers again.
 */
final class Postmaster {
    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    private static final Path PROC = Path.of("/proc/self");
    private static final int FAST_SECONDS = 60;
    private static final int IMMEDIATE_SECONDS = 20;

    private final Path data;
    private final Path pidFile;
    private final PostgresBinaries binaries;

    Postmaster(Path data, PostgresBinaries binaries) {
        this.data = data;
        this.pidFile = data.resolve("postmaster.pid");
        this.binaries = binaries;
    }

    /** Stops an orphan, and removes the traces of one that died. Only the holder of the folder's lock calls this. */
    void stopOrphan() {
        Optional<ProcessHandle> orphan = namedByFile().filter(this::isPostgresOnOurData);
        if (orphan.isPresent()) {
            LOG.warn("postgres_orphan=stopping pid={}", orphan.get().pid());
            stop(orphan.get());
        }
        try {
            // PostgreSQL itself would take any process of that number for a running server, even us.
            if (Files.deleteIfExists(pidFile)) {
                LOG.info("postgres_pid_file=removed");
            }
        } catch (IOException failure) {
            throw new CannotStart("The file " + pidFile + " cannot be removed: " + Reason.of(failure), failure);
        }
    }

    private Optional<ProcessHandle> namedByFile() {
        try {
            List<String> lines = Files.readAllLines(pidFile);
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    // By its command line, which anyone may read; a zombie has none. The link /proc/PID/exe needs a capability that
    // containers take away.
    private boolean isPostgresOnOurData(ProcessHandle process) {
        if (!Files.isDirectory(PROC)) {
            return process.info().command().filter(PostgresBinaries::isPostgres).isPresent();
        }
        try {
            byte[] line = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
            List<String> words = List.of(new String(line, StandardCharsets.UTF_8).split("\0"));
            return PostgresBinaries.isPostgres(words.get(0)) && words.contains(data.toString());
        } catch (IOException gone) {
            return false;
        }
    }

    /** Ends PostgreSQL: fast first (clients are cut, everything is written), immediately when that takes too long. */
    void stop(ProcessHandle process) {
        signal(process, "INT");
        if (ended(process, FAST_SECONDS)) {
            return;
        }
        LOG.warn("postgres_stop=immediate pid={} after_seconds={}", process.pid(), FAST_SECONDS);
        signal(process, "QUIT");
        if (ended(process, IMMEDIATE_SECONDS)) {
            return;
        }
        process.destroyForcibly();
        if (!ended(process, IMMEDIATE_SECONDS)) {
            throw new CannotStart("PostgreSQL (process " + process.pid() + ") on " + data + " does not end.");
        }
    }

    private void signal(ProcessHandle process, String name) {
        List<String> command = Files.isDirectory(PROC)
                // The shell's own kill: the program of that name is not on every machine.
                ? List.of("/bin/sh", "-c", "kill -" + name + " " + process.pid())
                : List.of(
                        binaries.program("pg_ctl").toString(),
                        "stop",
                        "-D",
                        data.toString(),
                        "-W",
                        "-m",
                        name.equals("INT") ? "fast" : "immediate");
        try {
            Process sent = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!sent.waitFor(10, TimeUnit.SECONDS)) {
                sent.destroyForcibly();
            }
        } catch (IOException failure) {
            LOG.warn("postgres_signal={} failed=\"{}\"", name, Reason.of(failure));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    // Asked again and again: the JDK waits for ever for a zombie that nobody reaps, as happens in containers.
    private boolean ended(ProcessHandle process, int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            while (process.isAlive() && isPostgresOnOurData(process)) {
                if (System.nanoTime() - end > 0) {
                    return false;
                }
                Thread.sleep(10);
            }
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
