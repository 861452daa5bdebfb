package io.fairlead.enterprise.app;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The terminal at which the command line was started, with each key passed on as it is; as it was before when it is closed. */
final class OwnTerminal implements AutoCloseable {
    private static final int LEAVES = 0x1D;
    private static final long LOOK_MILLIS = 1_000;
    private static final File DEVICE = new File("/dev/tty");
    private static final Pattern SIZE = Pattern.compile("(\\d+) (\\d+)");

    private final String before;
    private final Thread restore = new Thread(this::restore);
    private volatile boolean closed;

    private OwnTerminal(String before) {
        this.before = before;
    }

    /** Whether somebody sits at one, with keys and screen; only Linux tells. */
    static boolean isThere() {
        return isTerminal(0) && isTerminal(1);
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String file = Files.readSymbolicLink(Path.of("/proc/self/fd", String.valueOf(descriptor)))
                    .toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
        } catch (IOException otherSystem) {
            return false;
        }
    }

    static OwnTerminal raw() throws IOException {
        OwnTerminal made = new OwnTerminal(stty("-g"));
        Runtime.getRuntime().addShutdownHook(made.restore);
        String unusedSilence = stty("raw", "-echo");
        return made;
    }

    private static String stty(String... what) throws IOException {
        List<String> command = new ArrayList<>(List.of("stty"));
        Collections.addAll(command, what);
        try {
            Process stty = new ProcessBuilder(command)
                    .redirectInput(DEVICE)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            if (stty.waitFor() != 0) {
                throw new IOException("stty said no");
            }
            return said;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopping);
        } catch (IOException none) {
            throw new IOException(
                    "This terminal cannot be set to pass keys on (stty): take the console's page of the session instead.",
                    none);
        }
    }

    /** Tells the other side the size, now and as it changes. */
    void tellSize(Consumer<ByteBuffer> to) throws IOException {
        String first = stty("size");
        tell(first, to);
        Thread looking = new Thread(() -> look(first, to), "connect-size");
        looking.setDaemon(true);
        looking.start();
    }

    private void look(String first, Consumer<ByteBuffer> to) {
        String last = first;
        try {
            while (!closed) {
                Thread.sleep(LOOK_MILLIS);
                String now = stty("size");
                if (!now.equals(last)) {
                    tell(now, to);
                    last = now;
                }
            }
        } catch (IOException | RuntimeException gone) {
            // The window stays as it is known.
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(String size, Consumer<ByteBuffer> to) {
        Matcher numbers = SIZE.matcher(size);
        if (numbers.matches()) {
            String report = "\u001b[8;" + numbers.group(1) + ";" + numbers.group(2) + "t";
            to.accept(ByteBuffer.wrap(report.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    /** What is typed; ends with Ctrl-]. */
    InputStream keys() {
        InputStream typed = new FileInputStream(FileDescriptor.in);
        return new InputStream() {
            @Override
            public int read() throws IOException {
                int key = typed.read();
                return key == LEAVES ? -1 : key;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int read = typed.read(into, from, length);
                for (int at = 0; at < read; at++) {
                    if (into[from + at] == LEAVES) {
                        return at == 0 ? -1 : at;
                    }
                }
                return read;
            }
        };
    }

    private void restore() {
        try {
            String unusedSilence = stty(before);
        } catch (IOException e) {
            // The terminal is gone.
        }
    }

    @Override
    public void close() {
        closed = true;
        restore();
        boolean was = Runtime.getRuntime().removeShutdownHook(restore);
        assert was;
    }
}
