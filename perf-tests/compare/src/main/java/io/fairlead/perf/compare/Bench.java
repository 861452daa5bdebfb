package io.fairlead.perf.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Where one row is measured: a temporary folder, and processes on cores of their own. Who is measured has the first core; the
 * load, and PostgreSQL, have the second. All of them end with the bench, and when this program is stopped in the middle: a
 * terminal's Ctrl-C reaches us alone, since each has a session of its own.
 */
public final class Bench implements AutoCloseable {
    /** Of who is measured. */
    public static final String MEASURED = "0";
    /** Of the load, and of PostgreSQL. */
    public static final String OTHERS = "1";

    private static final int TRIES = 600;
    private static final long PAUSE_MILLIS = 50;
    private static final long PATIENCE_SECONDS = 20;

    private final Path folder;
    private final Path said;
    private final Path home;
    private final List<String> productFlags;
    private final List<Process> started = new CopyOnWriteArrayList<>();
    private final Thread atEnd = new Thread(this::stop);
    private volatile Runnable whenStopped = () -> {};
    private volatile boolean stopping;
    private boolean closed;

    /**
     * @param home of the checkout, with what was built in it
     * @param productFlags further options for the JVM of the server that is measured, such as a profiler's
     */
    public Bench(Path home, List<String> productFlags) throws IOException {
        if (Runtime.getRuntime().availableProcessors() < 2) {
            throw new CannotMeasure("this machine has one core; product and load need one each");
        }
        for (String tool : List.of("setsid", "taskset")) {
            if (!has(tool)) {
                throw new CannotMeasure(tool + " is not installed (Debian: util-linux)");
            }
        }
        this.home = home;
        this.productFlags = List.copyOf(productFlags);
        this.folder = Files.createTempDirectory("fairlead-compare-");
        // PostgreSQL runs as somebody else where we are root.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        this.said = Files.createFile(folder.resolve("said.txt"));
        Runtime.getRuntime().addShutdownHook(atEnd);
    }

    /** What to do first when this program is stopped in the middle. */
    void whenStopped(Runnable first) {
        whenStopped = first;
    }

    /** Whether it is being stopped: processes that end now have not failed. */
    boolean isStopping() {
        return stopping;
    }

    private void stop() {
        stopping = true;
        whenStopped.run();
        try {
            end();
        } catch (IOException stays) {
            System.err.println("The folder " + folder + " is still there: " + stays);
        }
    }

    public Path folder() {
        return folder;
    }

    Path home() {
        return home;
    }

    List<String> productFlags() {
        return productFlags;
    }

    /** What processes wrote to their standard error. */
    public Path said() {
        return said;
    }

    /** A program of this class path, by its main class. */
    public Program program(String core, Class<?> main, String... arguments) throws IOException {
        return program(core, List.of("-Xmx1g"), main, arguments);
    }

    public Program program(String core, List<String> flags, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.add(Usage.LASTING_COMPILERS);
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new Program(start(core, command), said);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Any command. Its standard output has to be read, or to be little. */
    Process start(String core, List<String> command) throws IOException {
        return started(new ProcessBuilder(pinned(core, command))
                .redirectError(ProcessBuilder.Redirect.appendTo(said.toFile())));
    }

    /** The same, with all that it says in a file. */
    Process quiet(String core, List<String> command, Path log) throws IOException {
        return started(new ProcessBuilder(pinned(core, command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
    }

    private static List<String> pinned(String core, List<String> command) {
        List<String> pinned = new ArrayList<>(List.of("setsid", "taskset", "-c", core));
        pinned.addAll(command);
        return pinned;
    }

    private Process started(ProcessBuilder command) throws IOException {
        Process process = command.start();
        started.add(process);
        if (stopping) {
            process.destroy();
        }
        return process;
    }

    /** As {@link #start}, and waits until it listens. */
    Process listening(String core, int port, List<String> command) throws IOException, InterruptedException {
        Process process = start(core, command);
        for (int tries = 0; tries < TRIES && process.isAlive(); tries++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assert socket.isConnected();
                return process;
            } catch (IOException notYet) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        throw new IOException(command + " does not listen: " + Files.readString(said));
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Whether a program is on the path. */
    static boolean has(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1), new String[] {"/usr/sbin", "/sbin"})
                .flatMap(Stream::of)
                .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    }

    /** Moves processes that run to a core, and what they start from now on. */
    static void move(List<Long> pids, String core) throws IOException, InterruptedException {
        for (long pid : pids) {
            Process moved = new ProcessBuilder("taskset", "-a", "-c", "-p", core, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            // One that has ended meanwhile need not be moved.
            int unused = moved.waitFor();
        }
    }

    /** Ends a process that was started here, as an operator would. */
    public void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Process unused = process.destroyForcibly().onExit().join();
            }
        } catch (InterruptedException hurried) {
            Process unused = process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        boolean unusedKnown = started.remove(process);
    }

    @Override
    public void close() throws IOException {
        if (!stopping) {
            boolean unusedRegistered = Runtime.getRuntime().removeShutdownHook(atEnd);
        }
        end();
    }

    private synchronized void end() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        for (int i = started.size() - 1; i >= 0; i--) {
            started.get(i).destroy();
        }
        List.copyOf(started).forEach(this::end);
        delete(folder);
    }

    /** A folder and all that is in it. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                boolean unusedThere = Files.deleteIfExists(each);
            }
        }
    }
}
