package io.fairlead.enterprise.recording;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Frames that are encrypted and forced together, not yet encrypted. Not for several threads. */
final class Chunk {
    /** The most plain bytes of a chunk. */
    static final int MOST = 262_144;

    private static final int FIRST = 8_192;

    private byte[] bytes;
    private int length;
    private boolean last;

    Chunk() {
        this(FIRST);
    }

    private Chunk(int expected) {
        this.bytes = new byte[expected];
    }

    /**
     * An empty one, with as much memory as this needed: a fast stream's do not grow each anew.
     *
     * @param written one that nobody needs any more, whose memory may be taken
     */
    Chunk next(@Nullable Chunk written) {
        int expected = Math.max(FIRST, Math.min(bytes.length, 2 * length));
        if (written == null || written.bytes.length < expected) {
            return new Chunk(expected);
        }
        written.length = 0;
        written.last = false;
        return written;
    }

    /** Bytes of a frame that still fit; none or fewer when it is full. */
    int room() {
        return MOST - length - FrameKind.OVERHEAD;
    }

    void add(FrameKind kind, long micros, Buffer from, int start, int end) {
        int frame = FrameKind.OVERHEAD + end - start;
        if (length + frame > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(MOST, Math.max(2 * bytes.length, length + frame)));
        }
        ByteBuffer head = ByteBuffer.wrap(bytes, length, FrameKind.OVERHEAD)
                .put(kind.code())
                .putLong(micros)
                .putInt(end - start);
        assert !head.hasRemaining();
        Buffer same = from.getBytes(start, end, bytes, length + FrameKind.OVERHEAD);
        assert same == from;
        length += frame;
    }

    Chunk end() {
        last = true;
        return this;
    }

    boolean last() {
        return last;
    }

    boolean empty() {
        return length == 0;
    }

    int length() {
        return length;
    }

    /** More than {@link #length()}; not to be changed. */
    byte[] bytes() {
        return bytes;
    }
}
