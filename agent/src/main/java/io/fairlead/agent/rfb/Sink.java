package io.fairlead.agent.rfb;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes to one side, gathered to large pieces. What fails here, that side has left. */
final class Sink {
    private final OutputStream out;
    private final Side side;
    private final AtomicLong counted;

    Sink(OutputStream out, Side side, int size, AtomicLong counted) {
        this.out = new BufferedOutputStream(out, size);
        this.side = side;
        this.counted = counted;
    }

    /** The whole of the buffer's array, as {@link Source#take} made it. */
    @SuppressWarnings("ByteBufferBackingArray") // Made by this room, by allocate or wrap.
    void write(ByteBuffer whole) throws Over {
        write(whole.array(), 0, whole.array().length);
    }

    void write(byte... bytes) throws Over {
        write(bytes, 0, bytes.length);
    }

    void write(byte[] bytes, int at, int length) throws Over {
        try {
            out.write(bytes, at, length);
        } catch (IOException e) {
            throw Over.left(side);
        }
        counted.addAndGet(length);
    }

    void flush() throws Over {
        try {
            out.flush();
        } catch (IOException e) {
            throw Over.left(side);
        }
    }
}
