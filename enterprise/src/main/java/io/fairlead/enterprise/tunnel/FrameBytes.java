package io.fairlead.enterprise.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Bytes of a frame, collected by the JVM when nobody has them any more. Netty takes a frame's mask off by reading and writing
 * eight bytes at a time, and asks each time whether the memory is still there, which was a fifth of what a relay does; here it
 * cannot be gone. Bounds are checked as ever.
 */
final class FrameBytes extends UnpooledHeapByteBuf {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** The array that the buffer has. Without an initial value, which would undo what the constructor above does. */
    @SuppressWarnings("NullAway.Init")
    private byte[] bytes;

    private boolean ended;

    FrameBytes(ByteBufAllocator memory, int capacity) {
        super(memory, capacity, Integer.MAX_VALUE);
    }

    /** In memory that another had before; empty, as a new one is. */
    FrameBytes(ByteBufAllocator memory, byte[] before) {
        super(memory, before, Integer.MAX_VALUE);
        bytes = before;
        ByteBuf unusedThis = clear();
    }

    /** Whether this is the first time that it is said to be read no more. */
    boolean endsNow() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    @Override
    protected byte[] allocateArray(int capacity) {
        bytes = super.allocateArray(capacity);
        return bytes;
    }

    /** Of the same kind: of a pool it would have to be given back, and whoever has a frame gives nothing back. */
    @Override
    public ByteBuf copy(int index, int length) {
        return new FrameBytes(alloc(), length).writeBytes(this, index, length);
    }

    @Override
    public long getLong(int index) {
        return (long) LONGS.get(bytes, index);
    }

    @Override
    public ByteBuf setLong(int index, long value) {
        LONGS.set(bytes, index, value);
        return this;
    }
}
