package io.fairlead.agent.rfb;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One viewer at one VNC server. {@link #run} logs in to the server, lets the viewer in, and passes what may pass until
 * either ends, breaks the rules, or is stopped. It takes the thread that calls it and two more, and closes both lines.
 *
 * <p>Memory: about 140 KiB, and up to 64 KiB more while a text of the clipboard comes in. A side that does not read stops
 * the other; nothing is gathered for it.
 */
public final class RfbFilter {
    private static final int LARGE = 64 * 1024;
    private static final int SMALL = 4 * 1024;

    /** How long what is held down may take to be released, before the server's line is closed in spite of it. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Line server;
    private final Line viewer;
    private final Terms terms;
    private final Supplier<byte[]> password;
    private final Tally tally = new Tally();
    private final Sink toViewer;
    private final Source fromServer;
    private final Source fromViewer;
    private final Sink toServer;
    private final ServerInput input;
    private final CompletableFuture<Ended> ended = new CompletableFuture<>();
    private final CompletableFuture<Screen> open = new CompletableFuture<>();
    private volatile Side awaited = Side.VIEWER;

    /**
     * @param gate whether the viewer's input may pass now; asked before each key, move, click and text, by a thread of the
     *     filter. False while a question is shown on this PC, and until a second after its answer
     * @param password of the VNC server; asked once, on a thread of the filter; an array of its own, which is wiped; empty for
     *     none. Eight bytes count
     * @param ticks nanoseconds of a clock that never jumps ({@code System::nanoTime})
     */
    public RfbFilter(
            Line server,
            Line viewer,
            Terms terms,
            BooleanSupplier gate,
            Supplier<byte[]> password,
            LongSupplier ticks) {
        this.server = server;
        this.viewer = viewer;
        this.terms = terms;
        this.password = password;
        this.toViewer = new Sink(viewer.out(), Side.VIEWER, LARGE, tally.bytes);
        this.toServer = new Sink(server.out(), Side.SERVER, SMALL, new AtomicLong());
        this.input = new ServerInput(toServer, terms, gate, ticks, tally);
        this.fromServer = new Source(server.in(), Side.SERVER, LARGE, this::beforeServer);
        this.fromViewer = new Source(viewer.in(), Side.VIEWER, SMALL, this::beforeViewer);
    }

    /** Blocks until it is over. To be called once. */
    public Ended run() {
        Thread down = started("rfb-server", this::down, toViewer::flush);
        Thread up = started("rfb-viewer", this::up, () -> {});
        try {
            return await(up);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended.complete(new Ended.Stopped());
            return ended.join();
        } finally {
            open.cancel(false);
            close(viewer);
            close(server);
            down.interrupt();
            up.interrupt();
        }
    }

    /** Ends it; from any thread, at once. What the viewer holds down is released. */
    public void stop() {
        ended.complete(new Ended.Stopped());
    }

    /**
     * Releases the keys and buttons that the viewer holds down. To be called when the gate was shut: once this has returned,
     * nothing that the viewer did before is still to be written. It waits for a server that does not read, so not from a
     * thread that must not wait.
     */
    public void letGo() {
        try {
            if (isOpen()) {
                input.letGo();
            }
        } catch (Over e) {
            ended.complete(e.ended());
        }
    }

    /** Since the viewer last used keyboard, pointer or clipboard, whether it passed or not; else since the beginning. */
    public Duration idle() {
        return Duration.ofNanos(input.idle());
    }

    /** So far; also after the end. */
    public Counts counts() {
        return tally.counts();
    }

    /** Why it is over; empty while it is not. Known before the lines are closed. */
    public Optional<Ended> ended() {
        return ended.isDone() && !ended.isCompletedExceptionally() ? Optional.of(ended.join()) : Optional.empty();
    }

    /** True once both sides are let in, until the end. */
    public boolean isOpen() {
        return open.isDone() && !open.isCompletedExceptionally() && !ended.isDone();
    }

    private Ended await(Thread up) throws InterruptedException {
        try {
            letIn();
            return ended.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a part of the filter failed", e.getCause());
        } finally {
            // The viewer's thread wakes, and has a moment to release what the viewer holds down.
            open.cancel(false);
            close(viewer);
            up.join(LAST_WORDS.toMillis());
        }
    }

    private void letIn() throws InterruptedException, ExecutionException {
        try {
            CompletableFuture.anyOf(open, ended).get(terms.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            ended.complete(new Ended.Late(awaited));
        }
    }

    private Thread started(String name, Passing passing, Passing before) {
        Thread thread = new Thread(() -> end(passing, before), name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void end(Passing passing, Passing before) {
        try {
            passing.pass();
        } catch (Over e) {
            tried(before);
            ended.complete(e.ended());
            tried(input::letGo);
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    private void down() throws Over {
        ViewerHandshake door = new ViewerHandshake(fromViewer, toViewer);
        door.greet();
        awaited = Side.SERVER;
        Desktop desktop = new ServerHandshake(fromServer, toServer, password).open();
        awaited = Side.VIEWER;
        door.letIn(desktop);
        toViewer.flush();
        Screen screen = new Screen(desktop);
        open.complete(screen);
        new ServerMessages(fromServer, toViewer, screen, terms, tally).pass();
    }

    private void up() throws Over {
        Screen screen;
        try {
            screen = open.join();
        } catch (CancellationException e) {
            return;
        }
        new ViewerMessages(fromViewer, input, screen, terms).pass();
    }

    /** Until both are let in, one thread speaks with both. */
    private void beforeServer() throws Over {
        if (!open.isDone()) {
            toServer.flush();
        }
        toViewer.flush();
    }

    private void beforeViewer() throws Over {
        if (!open.isDone()) {
            toViewer.flush();
        }
        input.flush();
    }

    /** What is tried at the end changes nothing of the cause. */
    private static void tried(Passing last) {
        try {
            last.pass();
        } catch (Over e) {
            // That side has left as well.
        }
    }

    private static void close(Line line) {
        try {
            line.close().close();
        } catch (IOException e) {
            // It is closed as well as it can be.
        }
    }

    private interface Passing {
        void pass() throws Over;
    }
}
