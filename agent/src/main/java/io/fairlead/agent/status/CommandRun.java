package io.fairlead.agent.status;

import io.fairlead.agent.kernel.ProgramEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs that {@code site.conf} names, one at a time: no shell, no input, output and errors together, cut at
 * 64 KiB. At its time, and when the agent stops, a program is killed with all that it started. The caller's thread does
 * everything. A program gets nothing of the agent's: it starts in the root folder, with a
 * {@link ProgramEnvironment}.
 */
final class CommandRun {
    static final int MAX_OUTPUT = 64 << 10;
    private static final long PAUSE_MILLIS = 20;
    private static final int ROUNDS_OF_KILLING = 5;

    private final Object lock = new Object();
    private @Nullable Process running;
    private boolean closed;

    /**
     * How it ended.
     *
     * @param exit its exit code; meaningless when it was killed
     * @param killed whether its time was over
     */
    record Ended(int exit, boolean killed, String output) {
        boolean well() {
            return exit == 0 && !killed;
        }

        String how(Duration timeout) {
            return killed ? "killed after " + timeout.toSeconds() + " s" : "exit code " + exit;
        }
    }

    /** @throws IOException when it cannot be started; the message names the program */
    Ended run(List<String> command, Duration timeout) throws IOException, InterruptedException {
        Process process = start(command);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        boolean finished = false;
        try {
            process.getOutputStream().close();
            finished = await(process, timeout, output);
        } finally {
            if (!finished) {
                kill(process);
            }
            synchronized (lock) {
                running = null;
            }
        }
        if (finished) {
            take(process.getInputStream(), output);
        }
        process.getInputStream().close();
        return new Ended(finished ? process.exitValue() : -1, !finished, output.toString(StandardCharsets.UTF_8));
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder program = new ProcessBuilder(command).redirectErrorStream(true);
        ProgramEnvironment.narrow(program.environment());
        program.directory(Path.of("").toAbsolutePath().getRoot().toFile());
        synchronized (lock) {
            if (closed) {
                throw new IOException("the agent is stopping");
            }
            Process process = program.start();
            running = process;
            return process;
        }
    }

    /** Kills the program that runs; none runs after it. */
    void close() {
        synchronized (lock) {
            closed = true;
            if (running != null) {
                kill(running);
            }
        }
    }

    /**
     * Reads only what is there: a grandchild that keeps the pipe open must not hold us after the program has ended, so
     * nobody ever blocks in a read.
     */
    private static boolean await(Process process, Duration timeout, ByteArrayOutputStream output)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (System.nanoTime() < end) {
            take(process.getInputStream(), output);
            if (process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return !process.isAlive();
    }

    private static void take(InputStream from, ByteArrayOutputStream output) throws IOException {
        byte[] part = new byte[4096];
        for (int there = from.available(); there > 0; there = from.available()) {
            int read = from.read(part, 0, Math.min(there, part.length));
            if (read < 0) {
                return;
            }
            output.write(part, 0, Math.min(read, MAX_OUTPUT - output.size()));
        }
    }

    /** What a dying program starts in the meantime is caught by the next round. */
    private static void kill(Process process) {
        for (int round = 0; round < ROUNDS_OF_KILLING; round++) {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            if (children.isEmpty()) {
                return;
            }
        }
    }
}
