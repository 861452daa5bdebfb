package io.fairlead.enterprise.tunnel;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.ByteToMessageDecoder.Cumulator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Memory of one leg's connection, such that a frame is copied once between what TLS deciphered and what the other leg
 * enciphers. By default it would be three times: to put a frame's records of TLS together, to take the frame out of them, and
 * to make it memory that is collected and not counted, which Vert.x does with all that comes of a pool. So what a decoder
 * makes is {@link FrameBytes} at once; what only TLS and the socket use stays pooled.
 */
final class LegMemory extends AbstractByteBufAllocator {
    /**
     * Pieces that are put together without a copy have so many bytes at least; smaller ones are copied, else who sends
     * byte by byte would cost a buffer for each.
     */
    private static final int LARGE = 4 * 1024;

    private static final Cumulator JOINED = (memory, before, piece) -> (piece.readableBytes() < LARGE
                    ? ByteToMessageDecoder.MERGE_CUMULATOR
                    : ByteToMessageDecoder.COMPOSITE_CUMULATOR)
            .cumulate(memory, before, piece);

    /** Of large frames, which a busy stream has all of one length; so many are on their way at a time. */
    private static final int MOST_SPARE = 16;

    private static final int SPARED = 16 * 1024;

    private final ByteBufAllocator pool;
    private final Queue<byte[]> spare = new ArrayBlockingQueue<>(MOST_SPARE);

    private LegMemory(ByteBufAllocator pool) {
        super(false);
        this.pool = pool;
    }

    /** Gives it to a connection that is a WebSocket now, in whatever a router has wrapped its request and its socket. */
    static void serve(HttpConnection connection) {
        serve(((ConnectionBase) connection).channelHandlerContext());
    }

    static void serve(ChannelHandlerContext here) {
        here.channel().config().setAllocator(new LegMemory(here.alloc()));
        @Nullable WebSocket13FrameDecoder frames = here.pipeline().get(WebSocket13FrameDecoder.class);
        if (frames != null) {
            frames.setCumulator(JOINED);
        }
    }

    @Override
    public ByteBuf buffer(int capacity) {
        byte @Nullable [] before = capacity < SPARED ? null : spare.poll();
        return before == null || before.length != capacity
                ? new FrameBytes(this, capacity)
                : new FrameBytes(this, before);
    }

    /**
     * Nobody will read a frame's bytes any more: the next frame may have their memory, which the processor still has near it. Frames of
     * which nobody says so are collected.
     */
    static void again(Buffer frame) {
        @Nullable ByteBuf bytes = ((BufferInternal) frame).getByteBuf();
        while (bytes != null && !(bytes instanceof FrameBytes)) {
            bytes = bytes.unwrap();
        }
        if (bytes instanceof FrameBytes own
                && own.alloc() instanceof LegMemory memory
                && own.capacity() >= SPARED
                && own.endsNow()) {
            boolean unusedFull = memory.spare.offer(own.array());
        }
    }

    @Override
    protected ByteBuf newHeapBuffer(int capacity, int most) {
        return pool.heapBuffer(capacity, most);
    }

    @Override
    protected ByteBuf newDirectBuffer(int capacity, int most) {
        return pool.directBuffer(capacity, most);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return pool.isDirectBufferPooled();
    }
}
