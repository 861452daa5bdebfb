package io.fairlead.enterprise.recording;

import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.SignedText;
import io.fairlead.statements.Transcript;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One recording being written. What is appended is written when 256 KiB have come together, and forced to disk within a
 * second, or when 4 MiB are written and not forced: to wait for the disk after each chunk would hold a fast stream up.
 *
 * <pre>
 * append → Chunk (≤ 256 KiB) ─ full, or a second old → waiting (≤ 1 MiB) → RecordingWriter, one write at a time
 *          a second is over, or 4 MiB → forced
 * </pre>
 *
 * Bytes may be shown only when {@link #append} took them. From {@link Taken#FULL} on whoever brings them pauses until
 * {@link Listener#drained}; that is so also when the disk needs more than a second for a write. With {@link Taken#LOST}, and
 * when {@link Listener#failed} is called, the session ends. For several threads; nothing here blocks.
 */
public final class Recording {
    /** What became of bytes. */
    public enum Taken {
        /** They will be written, and there is room for more. */
        MORE,
        /** They will be written; now pause. */
        FULL,
        /** They are not recorded, and nothing will be. */
        LOST
    }

    /** Hears of a recording, on any thread, and must not block. */
    public interface Listener {
        /** After {@link Taken#FULL}: there is room again. */
        void drained();

        /** Once, at most: nothing more is recorded. What was forced before stays and plays. */
        void failed(Throwable why);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);
    private static final Duration SECOND = Duration.ofSeconds(1);
    /** With the chunk that is being filled: 1 MiB. */
    private static final int FULL = 3 * Chunk.MOST;

    private static final int LOW = Chunk.MOST;
    /** What comes although a pause was asked for is taken up to here. */
    private static final int OVERRUN = 4 * FULL;

    private static final long SLOW_NANOS = Duration.ofMillis(500).toNanos();
    private static final long STUCK_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int LONGEST_CAUSE = 200;
    private static final int LONGEST_SIGNATURE = 72;

    private final RecordingId id;
    private final RecordingWriter writer;
    private final Listener listener;
    private final Blocking blocking;
    private final Timers timers;
    private final LongSupplier nanos;
    private final long began;

    private final ArrayDeque<Chunk> waiting = new ArrayDeque<>();
    /** Whose memory is taken for those that come: fresh memory costs as much as to encrypt it. For a second. */
    private final ArrayDeque<Chunk> done = new ArrayDeque<>();

    private final Unforced unforced = new Unforced();
    private final long[] bytes = new long[Direction.values().length];
    private Chunk filling = new Chunk();
    private long pending;
    private boolean writing;
    private long writingSince;
    private boolean full;
    private Timers.@Nullable Timer timer;
    private @Nullable Promise<Ended> closing;
    private long length;
    private @Nullable Throwable failure;

    Recording(
            RecordingId id,
            RecordingWriter writer,
            Listener listener,
            Blocking blocking,
            Timers timers,
            LongSupplier nanos) {
        this.id = id;
        this.writer = writer;
        this.listener = listener;
        this.blocking = blocking;
        this.timers = timers;
        this.nanos = nanos;
        this.began = nanos.getAsLong();
    }

    public RecordingId id() {
        return id;
    }

    /** Takes bytes that go this way now; they are copied. The cut into frames is kept, but for very large ones. */
    public Taken append(Direction direction, Buffer frame) {
        return add(FrameKind.of(direction), frame);
    }

    /**
     * Keeps a {@link Transcript} that the agent signed, behind the bytes that came before it; it is judged when somebody
     * verifies. Throws IllegalArgumentException for more bytes than one has.
     */
    public Taken transcript(SignedText signed) {
        if (signed.statement().length > Transcript.MOST_BYTES || signed.signature().length > LONGEST_SIGNATURE) {
            throw new IllegalArgumentException("longer than any transcript");
        }
        return add(FrameKind.TRANSCRIPT, Buffer.buffer(signed.header()));
    }

    private Taken add(FrameKind kind, Buffer frame) {
        Throwable overrun;
        synchronized (this) {
            if (failure != null || closing != null) {
                return Taken.LOST;
            }
            if (kind.streamed()) {
                bytes[kind == FrameKind.TO_VIEWER ? 0 : 1] += frame.length();
            }
            put(kind, frame);
            if (pending <= OVERRUN) {
                full |= pending >= FULL;
                return full ? Taken.FULL : Taken.MORE;
            }
            overrun = new Refusal(Fault.BUSY, "3 MiB wait, and nobody pauses");
            fail(overrun);
        }
        tell(overrun);
        return Taken.LOST;
    }

    private void put(FrameKind kind, Buffer frame) {
        long micros = (nanos.getAsLong() - began) / 1000;
        length = Math.max(length, micros);
        int start = 0;
        while (start < frame.length()) {
            if (filling.room() < (kind.streamed() ? 1 : frame.length())) {
                handOver();
            }
            int end = Math.min(frame.length(), start + filling.room());
            filling.add(kind, length, frame, start, end);
            start = end;
        }
        if (timer == null && !filling.empty()) {
            timer = timers.after(SECOND, this::second);
        }
    }

    private void handOver() {
        pending += filling.length();
        waiting.add(filling);
        filling = filling.next(done.poll());
        if (!writing) {
            write();
        }
    }

    private void second() {
        Throwable stuck;
        synchronized (this) {
            timer = null;
            done.clear();
            if (failure != null) {
                return;
            }
            long since = writing ? nanos.getAsLong() - writingSince : 0;
            if (since < STUCK_NANOS) {
                full |= since > SLOW_NANOS;
                unforced.second();
                if (!filling.empty()) {
                    handOver();
                }
                if (!writing && unforced.owed()) {
                    write();
                }
                timer = writing ? timers.after(SECOND, this::second) : null;
                return;
            }
            stuck = new Refusal(Fault.BUSY, "the disk has not answered for 30 s");
            fail(stuck);
        }
        tell(stuck);
    }

    private void write() {
        writing = true;
        writingSince = nanos.getAsLong();
        List<Chunk> batch = List.copyOf(waiting);
        waiting.clear();
        boolean forced = unforced.write(size(batch), batch.stream().anyMatch(Chunk::last));
        aside(() -> {
                    writer.write(batch, forced);
                    return batch;
                })
                .onComplete(this::written);
    }

    private static long size(List<Chunk> batch) {
        return batch.stream().mapToLong(Chunk::length).sum();
    }

    private <T> Future<T> aside(Callable<T> work) {
        try {
            return blocking.call(work);
        } catch (RejectedExecutionException stopping) {
            return Future.failedFuture(stopping);
        }
    }

    private void written(AsyncResult<List<Chunk>> write) {
        Throwable failed = null;
        boolean drained = false;
        Promise<Ended> ended = null;
        synchronized (this) {
            writing = false;
            if (failure != null) {
                return;
            }
            if (write.failed()) {
                failed = write.cause();
                fail(failed);
            } else {
                pending -= size(write.result());
                done.addAll(write.result());
                drained = full && pending <= LOW && closing == null;
                full &= !drained;
                if (!waiting.isEmpty() || unforced.owed()) {
                    write();
                } else {
                    ended = closing;
                }
            }
        }
        if (failed != null) {
            tell(failed);
        }
        if (drained) {
            listener.drained();
        }
        if (ended != null) {
            ended.complete(new Ended(id, Duration.ofNanos(length * 1000), bytes[0], bytes[1], writer.hash()));
        }
    }

    private void fail(Throwable why) {
        failure = why;
        waiting.clear();
        done.clear();
        filling = new Chunk();
        LOG.error("recording={} failed error=\"{}\"", id, why.toString());
        aside(() -> {
                    writer.abandon();
                    return id;
                })
                .onFailure(also -> LOG.warn("recording={} not closed", id, also));
    }

    /** Not while the lock is held: who hears it may call back. */
    private void tell(Throwable why) {
        Promise<Ended> ended;
        synchronized (this) {
            ended = closing;
        }
        if (ended == null) {
            listener.failed(why);
        } else {
            ended.fail(why);
        }
    }

    /**
     * Ends the recording; nothing is taken from now on.
     *
     * @param cause in words, cut at 200 characters
     * @return when all of it is forced; fails when it was or is not
     */
    public synchronized Future<Ended> close(String cause) {
        if (closing != null) {
            return closing.future();
        }
        if (failure != null) {
            return Future.failedFuture(failure);
        }
        String said = cause.isBlank() ? "ended" : cause;
        put(FrameKind.END, Buffer.buffer(said.substring(0, Math.min(said.length(), LONGEST_CAUSE))));
        closing = Promise.promise();
        Chunk end = filling.end();
        assert end.last();
        handOver();
        return closing.future();
    }
}
