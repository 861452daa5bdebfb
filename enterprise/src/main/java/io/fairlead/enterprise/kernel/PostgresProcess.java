package io.fairlead.enterprise.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running program of PostgreSQL: what it says goes to our log, and its last lines stay at hand for an error. */
final class PostgresProcess {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresProcess.class);
    private static final String NOT_YET = "FATAL:  the database system is ";
    private static final int LINES_KEPT = 20;

    private final Process process;
    private final Thread reader;
    private final Deque<String> last = new ArrayDeque<>();

    private PostgresProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "postgres-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** @throws CannotStart when the system starts no process */
    static PostgresProcess start(PostgresUser user, Path workingFolder, List<String> command) {
        try {
            Process process = user.process(workingFolder, command).start();
            process.getOutputStream().close();
            return new PostgresProcess(process);
        } catch (IOException failure) {
            throw new CannotStart(command.get(0) + " cannot be started: " + Reason.of(failure), failure);
        }
    }

    /** Waits until it ends by itself and gives its exit code. */
    int await() {
        try {
            int code = process.waitFor();
            reader.join(1_000);
            return code;
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted", stop);
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /** What it said last, in one line, for an error's text. */
    String lastWords() {
        try {
            // Whoever asks has seen it end; its last line may still be on the way.
            reader.join(process.isAlive() ? 1 : 1_000);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        synchronized (last) {
            return String.join(" | ", last);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // Said to every client that comes too early, ourselves included.
                if (line.startsWith(NOT_YET)) {
                    continue;
                }
                keep(line);
                if (isWorthALook(line)) {
                    LOG.warn("postgres=\"{}\"", line);
                } else {
                    LOG.debug("postgres=\"{}\"", line);
                }
            }
        } catch (IOException closed) {
            LOG.debug("postgres_output=closed");
        }
    }

    private static boolean isWorthALook(String line) {
        return line.startsWith("PANIC") || line.startsWith("FATAL") || line.startsWith("WARNING");
    }

    private void keep(String line) {
        synchronized (last) {
            if (last.size() == LINES_KEPT) {
                last.removeFirst();
            }
            last.addLast(line);
        }
    }
}
