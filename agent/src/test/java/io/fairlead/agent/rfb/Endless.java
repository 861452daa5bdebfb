package io.fairlead.agent.rfb;

import java.io.InputStream;

/** A beginning, and bytes that no message begins with, up to a length. */
final class Endless extends InputStream {
    private final byte[] begin;
    private final long length;
    private long at;

    Endless(byte[] begin, long length) {
        this.begin = begin;
        this.length = length;
    }

    @Override
    public int read() {
        return at >= length ? -1 : at < begin.length ? begin[(int) at++] & 0xFF : skipOne();
    }

    private int skipOne() {
        at++;
        return 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int count) {
        int one = read();
        if (one < 0) {
            return -1;
        }
        into[from] = (byte) one;
        int got = 1;
        while (got < count && at < length) {
            into[from + got++] = (byte) read();
        }
        return got;
    }
}
