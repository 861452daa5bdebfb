package io.fairlead.agent.rfb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Bytes of one side, in network order. Before it waits for more it has what was passed so far flushed, so that nothing lies
 * about and pieces are as large as what came at once. A stream that ends, wherever it does, is a side that left.
 */
final class Source {
    /** What is done before a wait. */
    interface Flush {
        void flush() throws Over;
    }

    private final InputStream in;
    private final Side side;
    private final Flush flush;
    private final byte[] bytes;
    private int at;
    private int end;

    Source(InputStream in, Side side, int size, Flush flush) {
        this.in = in;
        this.side = side;
        this.bytes = new byte[size];
        this.flush = flush;
    }

    Side side() {
        return side;
    }

    int u8() throws Over {
        if (at == end) {
            fill();
        }
        return bytes[at++] & 0xFF;
    }

    long u32() throws Over {
        return take(4).getInt() & 0xFFFF_FFFFL;
    }

    /** The next bytes, in an array of their own; the caller has bounded {@code length}. */
    ByteBuffer take(int length) throws Over {
        byte[] taken = new byte[length];
        int done = 0;
        while (done < length) {
            int piece = available(length - done);
            System.arraycopy(bytes, at, taken, done, piece);
            at += piece;
            done += piece;
        }
        return ByteBuffer.wrap(taken);
    }

    /** Hands on as many bytes, unchanged and in pieces. */
    void pass(long length, Sink to) throws Over {
        for (long left = length; left > 0; ) {
            int piece = available(left);
            to.write(bytes, at, piece);
            at += piece;
            left -= piece;
        }
    }

    void skip(long length) throws Over {
        for (long left = length; left > 0; ) {
            int piece = available(left);
            at += piece;
            left -= piece;
        }
    }

    private int available(long atMost) throws Over {
        if (at == end) {
            fill();
        }
        return (int) Math.min(atMost, end - at);
    }

    private void fill() throws Over {
        flush.flush();
        int read;
        try {
            read = in.read(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw Over.left(side);
        }
        if (read < 1) {
            throw Over.left(side);
        }
        at = 0;
        end = read;
    }
}
