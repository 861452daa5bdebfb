package io.fairlead.agent.link;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A relay's end of a WebSocket, as a {@link TlsServer} serves it; as well or as badly as a test wants. */
public final class TunnelPeer {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private final DataInputStream in;
    private final OutputStream out;

    /** What a device sent. */
    public record Frame(int code, byte[] content) {
        public int closeCode() {
            return (content[0] & 0xFF) << 8 | (content[1] & 0xFF);
        }

        public String text() {
            return new String(content, StandardCharsets.UTF_8);
        }
    }

    private TunnelPeer(DataInputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** Says yes to an upgrade. */
    public static TunnelPeer accept(TlsServer.Request request, OutputStream out) throws IOException {
        String accept = TunnelAnswer.accept(request.headers().get("sec-websocket-key"));
        out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return new TunnelPeer(new DataInputStream(request.socket().getInputStream()), out);
    }

    public synchronized void send(byte... bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    public void send(int code, byte[] content) throws IOException {
        byte[] frame = new byte[4 + content.length];
        boolean small = content.length < 126;
        frame[0] = (byte) (0x80 | code);
        frame[1] = (byte) (small ? content.length : 126);
        frame[2] = (byte) (content.length >> 8);
        frame[3] = (byte) content.length;
        System.arraycopy(content, 0, frame, small ? 2 : 4, content.length);
        send(small ? Arrays.copyOf(frame, content.length + 2) : frame);
    }

    public void close(int code) throws IOException {
        send(CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
    }

    /** The next frame, which must be masked and whole. */
    public Frame read() throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        if ((first & 0xF0) != 0x80 || (second & 0x80) == 0) {
            throw new AssertionError("a frame that is not whole and masked");
        }
        int coded = second & 0x7F;
        int length = coded < 126 ? coded : coded == 126 ? in.readUnsignedShort() : Math.toIntExact(in.readLong());
        byte[] mask = in.readNBytes(4);
        byte[] content = in.readNBytes(length);
        for (int i = 0; i < length; i++) {
            content[i] ^= mask[i & 3];
        }
        return new Frame(first & 0x0F, content);
    }

    /** The last frame: that of the close; what is said before it is left out. */
    public Frame last() throws IOException {
        Frame frame = read();
        while (frame.code() == TEXT) {
            frame = read();
        }
        return frame;
    }
}
