package io.fairlead.agent.rfb;

import java.nio.ByteBuffer;

/**
 * A rectangle in Tight (the community's "The RFB Protocol", Tight Encoding). Only its lengths are read:
 *
 * <pre>
 * control 1:  1000····  fill: one pixel
 *             1001····  JPEG: length 1–3 · bytes
 *             0·fss···· basic, f: filter 1 follows (else copy), ss: which zlib stream
 *                 copy 0      pixels
 *                 palette 1   colours-1 1 · pixels of the palette · indices of 1 bit (2 colours) or 8 bits
 *                 gradient 2  pixels, as differences
 *               below 12 bytes as they are, else length 1–3 · zlib bytes
 *             ····rrrr  resets of zlib streams
 * length:     7 bits and "more" · 7 bits and "more" · 8 bits, the lowest first
 * </pre>
 */
final class TightRectangle {
    private static final int FILL = 8;
    private static final int JPEG = 9;
    private static final int WITH_FILTER = 4;
    private static final int LEAST_COMPRESSED = 12;

    private final Source from;
    private final Sink to;

    TightRectangle(Source from, Sink to) {
        this.from = from;
        this.to = to;
    }

    void pass(int width, int height, PixelFormat format) throws Over {
        int control = from.u8();
        int kind = control >> 4;
        if (kind > JPEG) {
            throw broke("control byte " + control);
        }
        to.write((byte) control);
        if (kind == FILL) {
            from.pass(format.tightBytes(), to);
        } else if (kind == JPEG) {
            // With pixels of eight bits as well, which the protocol forbids and LibVNCServer does.
            compressed();
        } else {
            basic(kind, width, height, format);
        }
    }

    private void basic(int kind, int width, int height, PixelFormat format) throws Over {
        int filter = (kind & WITH_FILTER) == 0 ? 0 : filter(format);
        long length = (long) width * height * format.tightBytes();
        if (filter == 1) {
            length = palette(width, height, format);
        }
        if (length < LEAST_COMPRESSED) {
            from.pass(length, to);
        } else {
            compressed();
        }
    }

    private int filter(PixelFormat format) throws Over {
        int filter = from.u8();
        if (filter > 2 || (filter == 2 && format.bytes() == 1)) {
            throw broke("filter " + filter + " with " + format.bits() + " bits");
        }
        to.write((byte) filter);
        return filter;
    }

    /** Bytes of the indices that follow. */
    private long palette(int width, int height, PixelFormat format) throws Over {
        int colours = from.u8() + 1;
        if (colours < 2) {
            throw broke("a palette of one colour");
        }
        to.write((byte) (colours - 1));
        from.pass((long) colours * format.tightBytes(), to);
        return colours == 2 ? (width + 7L) / 8 * height : (long) width * height;
    }

    /** At most 4,194,303 bytes, by the shape of the length. */
    private void compressed() throws Over {
        ByteBuffer length = ByteBuffer.allocate(3);
        int first = from.u8();
        int value = first & 0x7F;
        length.put((byte) first);
        if (first > 0x7F) {
            int second = from.u8();
            value |= (second & 0x7F) << 7;
            length.put((byte) second);
            if (second > 0x7F) {
                int third = from.u8();
                value |= third << 14;
                length.put((byte) third);
            }
        }
        to.write(length.array(), 0, length.position());
        from.pass(value, to);
    }

    private static Over broke(String what) {
        return Over.broke(Side.SERVER, "Tight: " + what);
    }
}
