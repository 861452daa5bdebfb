package io.fairlead.demo;

import java.io.File;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program that the demo keeps running. The thread that starts the process waits for it as well: by {@link Session} the
 * system ends the process when that very thread ends.
 */
final class Child {
    private static final ProcessBuilder.Redirect NOTHING =
            ProcessBuilder.Redirect.from(new File(File.separatorChar == '/' ? "/dev/null" : "NUL"));
    private static final long LONGEST_LOG = 5_000_000;
    private static final long LONGEST_WORDS = 16_384;
    private static final int LINES_TOLD = 2;

    private final String name;
    private final List<String> command;
    private final Path log;
    private final boolean restarted;
    private final Thread keeper;
    private volatile @Nullable Process process;
    private volatile boolean stopping;
    private volatile long begunAt;
    private volatile @Nullable Integer ended;

    /** @param restarted whether it is started anew, within seconds, when it ends with another code than 0 */
    Child(String name, List<String> command, Path log, boolean restarted) {
        this.name = name;
        this.command = List.copyOf(command);
        this.log = log;
        this.restarted = restarted;
        this.keeper = new Thread(this::keep, name);
        this.keeper.setDaemon(true);
    }

    void start() {
        keeper.start();
    }

    /** Its exit code when it has ended and is not started again; null while it runs. */
    @Nullable
    Integer ended() {
        return ended;
    }

    /** Asks it to end. */
    void askToStop() {
        stopping = true;
        Process running = process;
        if (running != null) {
            running.destroy();
        }
        keeper.interrupt();
    }

    /** Waits until it has ended; kills it when it does not in time. */
    void awaitStop(Duration patience) {
        Process running = process;
        if (running == null) {
            return;
        }
        try {
            if (!running.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                running.descendants().forEach(ProcessHandle::destroyForcibly);
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException hurried) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** What it said last since it was started last, and where all of it is. */
    String lastWords() {
        try (FileChannel said = FileChannel.open(log)) {
            said.position(Math.max(begunAt, said.size() - LONGEST_WORDS));
            byte[] words = Channels.newInputStream(said).readAllBytes();
            List<String> lines = new String(words, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
                    .toList();
            String last = String.join(" | ", lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size()));
            return (last.isEmpty() ? "it said nothing" : last) + " (see " + log + ")";
        } catch (IOException unreadable) {
            return "see " + log;
        }
    }

    private void keep() {
        int failures = 0;
        while (!stopping) {
            long begun = System.nanoTime();
            int code = run();
            if (!restarted || code == 0 || stopping) {
                ended = code;
                return;
            }
            // One that ran for a while starts anew at once; one that keeps failing is given more and more rest.
            failures = System.nanoTime() - begun > TimeUnit.MINUTES.toNanos(1) ? 0 : Math.min(failures + 1, 4);
            rest(Duration.ofMillis(500L << failures));
        }
    }

    private int run() {
        try {
            turnLog();
            begunAt = Files.exists(log) ? Files.size(log) : 0;
            Process running = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(NOTHING)
                    .start();
            process = running;
            if (stopping) {
                running.destroy();
            }
            return exitCode(running);
        } catch (IOException cannotStart) {
            complain(cannotStart);
            return -1;
        }
    }

    private static int exitCode(Process running) {
        // An interrupt stands for a request to stop; whoever made it has told the process, too. Its code is still
        // wanted.
        return running.onExit().join().exitValue();
    }

    private void complain(IOException cannotStart) {
        try {
            Files.writeString(log, name + " cannot be started: " + cannotStart.getMessage() + "\n");
        } catch (IOException full) {
            System.err.println("demo: " + name + " cannot be started: " + cannotStart.getMessage());
        }
    }

    private void turnLog() throws IOException {
        if (Files.exists(log) && Files.size(log) > LONGEST_LOG) {
            Files.move(log, Path.of(log + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void rest(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
