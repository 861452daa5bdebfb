package io.fairlead.perf.micro;

import io.fairlead.statements.RunningHash;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One frame through the relay, without TLS and sockets: the agent's mask is undone, a frame for the viewer is made, and the
 * bytes of a recorded stream are hashed. So many microseconds a frame of 32 KiB are 30 times as many milliseconds a GB.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SpliceBenchmark {
    private static final int HEAD = 8;

    /** Bytes of a frame: what an agent sends at most, and what a person's typing is. */
    @Param({"32768", "64"})
    int bytes;

    private final EmbeddedChannel in = new EmbeddedChannel(new WebSocket13FrameDecoder(
            WebSocketDecoderConfig.newBuilder().maxFramePayloadLength(1 << 20).build()));
    private final EmbeddedChannel out = new EmbeddedChannel(new WebSocket13FrameEncoder(false));
    private final RunningHash hash = new RunningHash();
    private ByteBuf masked = Unpooled.EMPTY_BUFFER;
    private ByteBuffer plain = ByteBuffer.allocate(0);

    /** Makes a frame as an agent sends it. */
    @Setup
    public void begin() {
        byte[] payload = new byte[bytes];
        new Random(1).nextBytes(payload);
        EmbeddedChannel agent = new EmbeddedChannel(new WebSocket13FrameEncoder(true));
        boolean unusedWritten = agent.writeOutbound(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(payload)));
        masked = Unpooled.directBuffer(bytes + HEAD);
        for (ByteBuf part = agent.readOutbound(); part != null; part = agent.readOutbound()) {
            masked.writeBytes(part);
            boolean unused = part.release();
        }
        plain = ByteBuffer.wrap(payload);
    }

    /** In at the agent's end and out at the viewer's. */
    @Benchmark
    public int splice() {
        boolean unusedRead = in.writeInbound(masked.retainedDuplicate().copy());
        BinaryWebSocketFrame frame = in.readInbound();
        boolean unusedWritten = out.writeOutbound(frame);
        int length = 0;
        for (ByteBuf part = out.readOutbound(); part != null; part = out.readOutbound()) {
            length += part.readableBytes();
            boolean unusedReleased = part.release();
        }
        return length;
    }

    /** What a recording adds: SHA-256 of each direction. */
    @Benchmark
    public void hash() {
        hash.add(plain);
    }

    /** Gives the frame back. */
    @TearDown
    public void end() {
        boolean unused = masked.release();
    }
}
