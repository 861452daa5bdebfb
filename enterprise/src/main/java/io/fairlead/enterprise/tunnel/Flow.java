package io.fairlead.enterprise.tunnel;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One direction of a stream. What was read and is not yet taken by the reader and the tap is bounded: above
 * {@value #MOST_WAITING} bytes nothing more is read until half of it is gone. Nothing is shown before the tap has it.
 */
final class Flow {
    static final int MOST_WAITING = 256 * 1024;

    private final Leg from;
    private final Leg to;
    private final boolean fromAgent;
    private final StreamTap tap;
    private final Pace pace;
    private final LongSupplier nanos;
    private final Consumer<Buffer> noticed;
    private final Consumer<Throwable> broken;
    private final Queue<Piece> unwritten = new ArrayDeque<>();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong carried = new AtomicLong();
    private volatile boolean paused;
    private volatile boolean over;
    private volatile long progressed;

    /** Bytes, and whether they are recorded. */
    private record Piece(Buffer bytes, Future<Void> kept) {}

    /**
     * @param noticed sees each piece as it comes
     * @param broken hears once or more that a side or the tap took nothing more
     */
    Flow(
            Leg from,
            Leg to,
            boolean fromAgent,
            StreamTap tap,
            Pace pace,
            LongSupplier nanos,
            Consumer<Buffer> noticed,
            Consumer<Throwable> broken) {
        this.from = from;
        this.to = to;
        this.fromAgent = fromAgent;
        this.tap = tap;
        this.pace = pace;
        this.nanos = nanos;
        this.noticed = noticed;
        this.broken = broken;
        this.progressed = nanos.getAsLong();
    }

    /** @param said hears what comes beside the bytes, in its place between them */
    void start(Handler<String> said) {
        from.flow(this::take, said);
    }

    /** From now on nothing is shown any more; what was on its way is still recorded. */
    void over() {
        over = true;
    }

    long carried() {
        return carried.get();
    }

    /** For how long the reader has taken nothing of what waits for it; 0 when nothing does. */
    long stalledNanos() {
        return waiting.get() == 0 ? 0 : nanos.getAsLong() - progressed;
    }

    private void take(Buffer bytes) {
        int length = bytes.length();
        if (waiting.getAndAdd(length) == 0) {
            progressed = nanos.getAsLong();
        }
        if (waiting.get() > MOST_WAITING) {
            paused = true;
            from.pause();
        }
        pace.spend(length);
        noticed.accept(bytes);
        Future<Void> kept = tap.take(fromAgent, bytes);
        synchronized (this) {
            unwritten.add(new Piece(bytes, kept));
            write();
        }
        if (!kept.isComplete()) {
            kept.onComplete(done -> written());
        }
    }

    private synchronized void written() {
        write();
    }

    /** Shows what is kept, in its order; the lock keeps it. */
    private void write() {
        while (!unwritten.isEmpty() && unwritten.element().kept().isComplete()) {
            Piece piece = unwritten.remove();
            if (piece.kept().failed()) {
                broken.accept(piece.kept().cause());
                return;
            }
            int length = piece.bytes().length();
            if (over) {
                passed(length);
            } else {
                to.write(piece.bytes()).onComplete(done -> settled(piece.bytes(), length), broken::accept);
            }
        }
    }

    private void settled(Buffer bytes, int length) {
        LegMemory.again(bytes);
        carried.addAndGet(length);
        passed(length);
    }

    private void passed(int length) {
        progressed = nanos.getAsLong();
        if (waiting.addAndGet(-length) <= MOST_WAITING / 2 && paused) {
            paused = false;
            pace.resume();
        }
    }
}
