package io.fairlead.agent.rfb;

import java.nio.ByteBuffer;

/**
 * How a pixel lies in bytes (RFC 6143, 7.4). Of what RFC and practice allow, only what every part of the filter and every
 * viewer measures alike: 8, 16 or 32 bits; colours of whole bits that do not overlap; a colour map with 8 bits only.
 *
 * <pre>
 * bits 1 · depth 1 · big-endian 1 · true-colour 1 · red-max 2 · green-max 2 · blue-max 2
 *      · red-shift 1 · green-shift 1 · blue-shift 1 · padding 3
 * </pre>
 */
record PixelFormat(int bits, int depth, boolean bigEndian, boolean trueColour, Colour red, Colour green, Colour blue) {
    static final int LENGTH = 16;

    /** One of three colours: its greatest value and where it lies. */
    record Colour(int max, int shift) {
        private long mask() {
            return (long) max << shift;
        }

        private boolean fits(int bits) {
            return max > 0 && (max & (max + 1)) == 0 && shift < bits && mask() < 1L << bits;
        }
    }

    PixelFormat {
        if (bits != 8 && bits != 16 && bits != 32) {
            throw new IllegalArgumentException("pixels of " + bits + " bits");
        }
        if (depth < 1 || depth > bits) {
            throw new IllegalArgumentException("a depth of " + depth + " in " + bits + " bits");
        }
        if (!trueColour && bits != 8) {
            throw new IllegalArgumentException("a colour map for " + bits + " bits");
        }
        if (trueColour) {
            boolean fit = red.fits(bits) && green.fits(bits) && blue.fits(bits);
            long together = red.mask() | green.mask() | blue.mask();
            if (!fit || together != red.mask() + green.mask() + blue.mask()) {
                throw new IllegalArgumentException("colours that do not fit into " + bits + " bits");
            }
        }
    }

    /**
     * @throws IllegalArgumentException with words of ours, when it is none that passes
     */
    static PixelFormat read(ByteBuffer from) {
        int bits = from.get() & 0xFF;
        int depth = from.get() & 0xFF;
        boolean bigEndian = from.get() != 0;
        boolean trueColour = from.get() != 0;
        int[] max = {from.getShort() & 0xFFFF, from.getShort() & 0xFFFF, from.getShort() & 0xFFFF};
        Colour red = new Colour(max[0], from.get() & 0xFF);
        Colour green = new Colour(max[1], from.get() & 0xFF);
        Colour blue = new Colour(max[2], from.get() & 0xFF);
        from.position(from.position() + 3);
        return new PixelFormat(bits, depth, bigEndian, trueColour, red, green, blue);
    }

    void write(ByteBuffer to) {
        to.put((byte) bits).put((byte) depth).put((byte) (bigEndian ? 1 : 0)).put((byte) (trueColour ? 1 : 0));
        to.putShort((short) red.max).putShort((short) green.max).putShort((short) blue.max);
        to.put((byte) red.shift).put((byte) green.shift).put((byte) blue.shift);
        to.put(new byte[3]);
    }

    /** Of a pixel in Raw and Cursor. */
    int bytes() {
        return bits / 8;
    }

    /** Of a pixel in Tight: three where three colours of eight bits fill a depth of 24. */
    int tightBytes() {
        boolean eights = red.max == 255 && green.max == 255 && blue.max == 255;
        return trueColour && bits == 32 && depth == 24 && eights ? 3 : bytes();
    }
}
