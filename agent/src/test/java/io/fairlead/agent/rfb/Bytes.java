package io.fairlead.agent.rfb;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Messages of RFB, written by hand: numbers in network order. */
final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static Bytes of(int... u8) {
        return new Bytes().u8(u8);
    }

    Bytes u8(int... values) {
        for (int each : values) {
            out.write(each);
        }
        return this;
    }

    Bytes u16(int... values) {
        for (int each : values) {
            u8(each >> 8, each);
        }
        return this;
    }

    Bytes u32(long... values) {
        for (long each : values) {
            u16((int) (each >> 16), (int) each);
        }
        return this;
    }

    Bytes text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Bytes add(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** So many bytes that are told apart by their place. */
    Bytes fill(int count) {
        for (int i = 0; i < count; i++) {
            out.write(i * 31 + 7);
        }
        return this;
    }

    /** A picture of one rectangle; its contents follow. */
    static Bytes picture(int x, int y, int width, int height, int encoding) {
        return of(0, 0).u16(1).rectangle(x, y, width, height, encoding);
    }

    Bytes rectangle(int x, int y, int width, int height, int encoding) {
        return u16(x, y, width, height).u32(encoding);
    }

    /** 32 bits, depth 24, little-endian, red lowest: what noVNC asks for. */
    Bytes format32() {
        return u8(32, 24, 0, 1).u16(255, 255, 255).u8(0, 8, 16).u8(0, 0, 0);
    }

    Bytes format16() {
        return u8(16, 16, 0, 1).u16(31, 63, 31).u8(11, 5, 0).u8(0, 0, 0);
    }

    Bytes format8() {
        return u8(8, 8, 0, 1).u16(7, 7, 3).u8(0, 3, 6).u8(0, 0, 0);
    }

    byte[] all() {
        return out.toByteArray();
    }

    Source as(Side side) {
        return new Source(new ByteArrayInputStream(all()), side, 64, () -> {});
    }

    static Sink into(ByteArrayOutputStream out, Side side) {
        return new Sink(out, side, 64, new AtomicLong());
    }

    static PixelFormat format(byte[] sixteen) {
        return PixelFormat.read(java.nio.ByteBuffer.wrap(sixteen));
    }
}
