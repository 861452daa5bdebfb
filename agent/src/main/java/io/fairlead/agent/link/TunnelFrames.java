package io.fairlead.agent.link;

import io.fairlead.statements.StreamCause;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a relay's frames (RFC 6455 section 5) and passes the bytes of binary ones, never a whole message in memory. One
 * thread's own.
 */
final class TunnelFrames {
    /** Bytes of a frame, as the relay's own bound. */
    static final int MOST_FRAME = 256 * 1024;

    private static final int MOST_CONTROL = 125;
    private static final int CONTINUATION = 0;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final InputStream in;
    private final TunnelOut out;
    private int left;
    private boolean within;
    private @Nullable StreamCause closed;

    /** The relay does not keep to the protocol. */
    static final class Broken extends IOException {
        private static final long serialVersionUID = 1;

        Broken(String what) {
            super(what);
        }
    }

    TunnelFrames(InputStream in, TunnelOut out) {
        this.in = in;
        this.out = out;
    }

    /** Why the relay closed it; empty as long as it has not said. */
    Optional<StreamCause> closed() {
        return Optional.ofNullable(closed);
    }

    /** Some bytes, one at least; -1 when the relay has closed the stream, or the connection ended between frames. */
    int read(byte[] into, int from, int length) throws IOException {
        while (left == 0) {
            if (closed != null || !next()) {
                return -1;
            }
        }
        int read = in.read(into, from, Math.min(length, left));
        if (read > 0) {
            left -= read;
        }
        return read;
    }

    /** Reads a frame's head, and all of a frame of control; false at the end. */
    private boolean next() throws IOException {
        int first = in.read();
        if (first < 0) {
            return false;
        }
        int second = octet();
        int code = first & 0x0F;
        boolean last = (first & 0x80) != 0;
        if ((first & 0x70) != 0 || (second & 0x80) != 0) {
            throw new Broken("an extension that nobody agreed to, or a mask");
        }
        if (code >= CLOSE) {
            if (!last || second > MOST_CONTROL || code > PONG) {
                throw new Broken("no frame of control");
            }
            return control(code, in.readNBytes(second), second);
        }
        if (code != (within ? CONTINUATION : BINARY)) {
            throw new Broken("a frame of another kind");
        }
        within = !last;
        left = length(second);
        return true;
    }

    private boolean control(int code, byte[] content, int length) throws IOException {
        if (content.length < length) {
            return false;
        }
        if (code == PING) {
            out.pong(content);
        } else if (code == CLOSE) {
            closed = cause(content);
            answered(content);
            return false;
        }
        return true;
    }

    private void answered(byte[] content) {
        try {
            out.answerClose(content, TunnelSocket.LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static StreamCause cause(byte[] content) throws Broken {
        if (content.length == 1) {
            throw new Broken("half a code");
        }
        return content.length == 0
                ? StreamCause.OTHER_SIDE_GONE
                : StreamCause.of((content[0] & 0xFF) << 8 | (content[1] & 0xFF)).orElse(StreamCause.OTHER_SIDE_GONE);
    }

    private int length(int coded) throws IOException {
        if (coded < 126) {
            return coded;
        }
        long length = 0;
        for (int i = 0; i < (coded == 126 ? 2 : 8); i++) {
            length = length << 8 | octet();
        }
        if (length < 126 || (coded == 127 && length < 65_536) || length > MOST_FRAME) {
            throw new Broken("a length that is too large, or written too long");
        }
        return (int) length;
    }

    private int octet() throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new IOException("the connection ended within a frame");
        }
        return octet;
    }
}
