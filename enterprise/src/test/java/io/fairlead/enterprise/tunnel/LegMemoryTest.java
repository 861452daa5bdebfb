package io.fairlead.enterprise.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames are read into memory of a leg's own, and are what they were. */
class LegMemoryTest {
    private final Random random = new Random(7);
    private final EmbeddedChannel leg = new EmbeddedChannel(new WebSocket13FrameDecoder(true, false, Relay.MOST_FRAME));

    LegMemoryTest() {
        LegMemory.serve(leg.pipeline().firstContext());
    }

    /** Pieces as records of TLS bring them: of a pool, and smaller and larger than what is copied. */
    @ParameterizedTest
    @ValueSource(ints = {1, 13, 4_095, 4_096, 16_384, 100_000})
    void frames_of_every_length_are_what_they_were_however_they_are_cut(int piece) {
        int[] lengths = IntStream.concat(
                        IntStream.rangeClosed(0, 40),
                        IntStream.of(125, 126, 127, 4_093, 16_376, 32_761, Relay.MOST_FRAME))
                .toArray();
        byte[][] sent = new byte[lengths.length][];
        ByteBuf wire = Unpooled.buffer();
        for (int i = 0; i < lengths.length; i++) {
            sent[i] = new byte[lengths[i]];
            random.nextBytes(sent[i]);
            wire.writeBytes(masked(sent[i]));
        }
        while (wire.isReadable()) {
            int next = Math.min(piece, wire.readableBytes());
            boolean unusedFrame =
                    leg.writeInbound(ByteBufAllocator.DEFAULT.directBuffer(next).writeBytes(wire, next));
        }
        for (byte[] each : sent) {
            BinaryWebSocketFrame frame = leg.readInbound();
            assertThat(ByteBufUtil.getBytes(frame.content())).isEqualTo(each);
            if (each.length > 0) {
                assertThat(frame.content()).isInstanceOf(FrameBytes.class);
                assertThat(frame.content().copy())
                        .isInstanceOf(FrameBytes.class)
                        .isEqualTo(frame.content());
            }
        }
        assertThat(leg.<Object>readInbound()).isNull();
    }

    @Test
    void a_frame_that_is_too_large_is_refused_as_ever() {
        byte[] large = new byte[Relay.MOST_FRAME + 1];
        assertThatThrownBy(() -> leg.writeInbound(masked(large))).isInstanceOf(CorruptedWebSocketFrameException.class);
    }

    @Test
    void nothing_can_be_read_beyond_a_frame() {
        FrameBytes frame = new FrameBytes(leg.alloc(), 12);
        for (int outside : new int[] {-1, 5, 12}) {
            assertThatThrownBy(() -> frame.getLong(outside)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> frame.setLong(outside, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void a_large_frames_memory_is_taken_again_when_nobody_reads_it_any_more() {
        byte[] first = new byte[32_760];
        byte[] second = new byte[32_760];
        random.nextBytes(first);
        random.nextBytes(second);
        byte[] memory = read(first).array();
        assertThat(read(second).array()).isNotSameAs(memory);
        LegMemory.again(BufferInternal.buffer(Unpooled.unreleasableBuffer(read(first))));
        ByteBuf other = read(new byte[20_000]);
        assertThat(other.readableBytes()).isEqualTo(20_000);
        ByteBuf done = read(first);
        LegMemory.again(BufferInternal.buffer(Unpooled.unreleasableBuffer(done)));
        ByteBuf next = read(second);
        assertThat(next.array()).isSameAs(done.array());
        assertThat(ByteBufUtil.getBytes(next)).isEqualTo(second);
    }

    private ByteBuf read(byte[] bytes) {
        boolean unusedFrame = leg.writeInbound(masked(bytes));
        BinaryWebSocketFrame frame = leg.readInbound();
        return frame.content();
    }

    private static ByteBuf masked(byte[] bytes) {
        EmbeddedChannel peer = new EmbeddedChannel(new WebSocket13FrameEncoder(true));
        boolean unusedWritten = peer.writeOutbound(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)));
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = peer.readOutbound(); part != null; part = peer.readOutbound()) {
            all.writeBytes(part);
        }
        return all;
    }
}
