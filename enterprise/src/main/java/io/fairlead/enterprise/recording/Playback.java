package io.fairlead.enterprise.recording;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A recording that is read, from its beginning on; also one that is still being written, as far as it was when asked.
 * Every method blocks. Not for several threads.
 */
public final class Playback implements Closeable {
    private final FileHeader header;
    private final ChunkReader chunks;
    private final Head head;
    private final Duration length;
    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
    private long time;
    private @Nullable String cause;

    Playback(FileChannel file, boolean complete, FileHeader header, byte[] key) throws IOException {
        this.header = header;
        this.chunks = new ChunkReader(file, complete, header, key);
        Piece first = piece();
        if (first == null || first.kind() != FrameKind.HEAD) {
            throw new RecordingDamaged("it does not begin with its head");
        }
        this.head = Head.read(first.bytes());
        this.length = Duration.of(measured(), ChronoUnit.MICROS);
        rewind();
    }

    /** The time of the last frame: of the last chunk, or, when that one is torn, of the last that is not. */
    private long measured() throws IOException {
        byte[] last = chunks.last();
        if (last != null) {
            long end = 0;
            for (Piece each : Piece.of(last, 0)) {
                end = each.micros();
            }
            return end;
        }
        try {
            Piece next = piece();
            while (next != null) {
                next = piece();
            }
        } catch (RecordingDamaged upToHere) {
            return time;
        }
        return time;
    }

    public RecordingId id() {
        return header.id();
    }

    public Head head() {
        return head;
    }

    /** When it began, by the recording server's clock. */
    public Instant started() {
        return header.started();
    }

    /** From its beginning to its last frame, as it was when it was opened. */
    public Duration length() {
        return length;
    }

    /** Why it ended; empty until the end was read, and when a crash ended it. */
    public Optional<String> cause() {
        return Optional.ofNullable(cause);
    }

    /** Bytes at its end that a crash has torn and that are left away; known when the end was read. */
    public long torn() {
        return chunks.torn();
    }

    /**
     * The next bytes that went through; null behind the last.
     *
     * @throws RecordingDamaged when what follows is not what was written; what came before was
     */
    public @Nullable Frame next() throws IOException {
        return next(Long.MAX_VALUE);
    }

    /**
     * What goes through from where the playback stands up to a time, to be replayed at once.
     *
     * @param most bytes; more only when a single frame has more
     * @return empty when nothing is left up to then
     */
    public List<Frame> until(Duration time, int most) throws IOException {
        long micros = time.toNanos() / 1000;
        List<Frame> frames = new ArrayList<>();
        int bytes = 0;
        while (bytes < most) {
            Frame next = next(micros);
            if (next == null) {
                return frames;
            }
            frames.add(next);
            bytes += next.bytes().length;
        }
        return frames;
    }

    /** Stands at the beginning again. */
    public void rewind() {
        chunks.rewind();
        pieces.clear();
        time = 0;
    }

    private @Nullable Frame next(long until) throws IOException {
        for (Piece next = piece(until); next != null; next = piece(until)) {
            if (next.kind().streamed()) {
                Direction way = next.kind() == FrameKind.TO_VIEWER ? Direction.TO_VIEWER : Direction.TO_AGENT;
                return new Frame(way, Duration.of(next.micros(), ChronoUnit.MICROS), next.bytes());
            }
        }
        return null;
    }

    /** The next frame of whatever kind; null behind the last. */
    @Nullable
    Piece piece() throws IOException {
        return piece(Long.MAX_VALUE);
    }

    private @Nullable Piece piece(long until) throws IOException {
        while (pieces.isEmpty()) {
            byte[] plain = chunks.next();
            if (plain == null) {
                return null;
            }
            pieces.addAll(Piece.of(plain, time));
        }
        Piece next = pieces.element();
        if (next.micros() > until) {
            return null;
        }
        time = next.micros();
        if (next.kind() == FrameKind.END) {
            cause = next.text();
        }
        return pieces.remove();
    }

    ChunkReader chunks() {
        return chunks;
    }

    @Override
    public void close() throws IOException {
        chunks.close();
    }
}
