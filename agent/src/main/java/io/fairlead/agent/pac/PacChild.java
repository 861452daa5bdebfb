package io.fairlead.agent.pac;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a PAC file in a child process of its own, which is killed when its time is over.
 * <pre>
 *   parent ─▶ child   URL, host, and the file to the end
 *   child ─▶ parent   {@code ready} when the engine stands, then {@code = ANSWER} or {@code ! WHAT IS WRONG}
 * </pre>
 */
public final class PacChild {
    /** What the file may take. */
    static final Duration LIMIT = Duration.ofSeconds(2);
    /** What an old, busy PC may take to start Java. */
    private static final Duration START = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(PacChild.class);
    private static final int MOST_OUTPUT = 8 << 10;
    private static final int PAUSE_MILLIS = 10;
    private static final Set<String> KEPT = Set.of("PATH", "TZ", "SYSTEMROOT", "WINDIR", "TEMP", "TMP");

    private final List<String> command;
    private final Duration start;

    /** With this program's own Java and jars. */
    public PacChild() {
        this(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xshare:auto",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                PacMain.class.getName()));
    }

    PacChild(List<String> command) {
        this(command, START);
    }

    /** @param start within which the child must have started and taken its input */
    PacChild(List<String> command, Duration start) {
        this.command = List.copyOf(command);
        this.start = start;
    }

    /**
     * What {@code FindProxyForURL} answers, such as {@code PROXY a:3128; DIRECT}; empty when it answers nothing.
     *
     * @param url of the server; for https without a path
     * @throws IOException with a sentence that says what is wrong with the file
     */
    public String ask(String file, String url, String host) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> !KEPT.contains(name.toUpperCase(Locale.ROOT)));
        Process child = builder.start();
        try {
            give(child, url + "\n" + host + "\n" + file);
            return answer(child);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            child.destroyForcibly();
        }
    }

    /** On a thread of its own: who takes nothing must not hold up whoever looks at the clock. The child's end ends it. */
    private static void give(Process child, String input) {
        Thread thread = new Thread(
                () -> {
                    try (OutputStream in = child.getOutputStream()) {
                        in.write(input.getBytes(StandardCharsets.UTF_8));
                    } catch (IOException gone) {
                        LOG.debug("pac=input-not-taken cause=\"{}\"", gone.getMessage());
                    }
                },
                "pac-input");
        thread.setDaemon(true);
        thread.start();
    }

    private String answer(Process child) throws IOException, InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        InputStream out = child.getInputStream();
        await(child, out, output, 1, start, "the Java for it does not start within " + start.toSeconds() + " s");
        await(child, out, output, 2, LIMIT, "it does not come to an end within " + LIMIT.toSeconds() + " s");
        String[] lines = output.toString(StandardCharsets.UTF_8).split("\n", -1);
        String said = lines.length < 3 || !lines[0].equals("ready") ? "" : lines[1];
        if (said.startsWith("! ")) {
            throw new IOException(said.substring(2));
        }
        // A JVM without memory ends, with words of its own.
        if (!said.startsWith("= ")) {
            throw new IOException("it ended its process without an answer: too much memory, most likely");
        }
        return said.substring(2);
    }

    /** Reads what is there, never blocking, until so many lines are there or the child has ended. */
    private static void await(
            Process child, InputStream out, ByteArrayOutputStream output, int lines, Duration most, String late)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (lines(output) < lines) {
            boolean ended = child.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            for (int there = out.available(); there > 0 && output.size() < MOST_OUTPUT; there = out.available()) {
                output.writeBytes(out.readNBytes(Math.min(there, MOST_OUTPUT - output.size())));
            }
            if (ended || output.size() >= MOST_OUTPUT) {
                return;
            }
            if (System.nanoTime() - end > 0 && lines(output) < lines) {
                throw new IOException(late);
            }
        }
    }

    private static long lines(ByteArrayOutputStream output) {
        return output.toString(StandardCharsets.UTF_8)
                .chars()
                .filter(c -> c == '\n')
                .count();
    }
}
