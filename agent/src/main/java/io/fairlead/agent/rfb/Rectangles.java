package io.fairlead.agent.rfb;

import java.nio.ByteBuffer;

/**
 * The rectangles of a picture (RFC 6143, 7.7), each x 2 · y 2 · width 2 · height 2 · encoding 4 and then:
 *
 * <pre>
 * Raw          width × height pixels
 * CopyRect     source x 2 · source y 2
 * Tight        see TightRectangle
 * ZRLE         length 4 · compressed bytes
 * Cursor       width × height pixels · height rows of bits       x, y: the hot spot
 * DesktopSize  nothing                                           width, height: the new size
 * LastRect     nothing; the picture ends here
 * </pre>
 */
final class Rectangles {
    private static final int LARGEST_CURSOR = 1_024;

    private final Source from;
    private final Sink to;
    private final Screen screen;
    private final TightRectangle tight;

    Rectangles(Source from, Sink to, Screen screen) {
        this.from = from;
        this.to = to;
        this.screen = screen;
        this.tight = new TightRectangle(from, to);
    }

    /** True when the server says that it was the last one. */
    boolean passOne(PixelFormat format) throws Over {
        ByteBuffer head = from.take(12);
        int x = head.getShort(0) & 0xFFFF;
        int y = head.getShort(2) & 0xFFFF;
        int width = head.getShort(4) & 0xFFFF;
        int height = head.getShort(6) & 0xFFFF;
        int number = head.getInt(8);
        Encoding encoding = Encoding.of(number);
        if (encoding == null || !screen.isOffered(encoding)) {
            throw broke("encoding " + number + ", which was not offered");
        }
        boolean painted = encoding != Encoding.DESKTOP_SIZE && encoding != Encoding.LAST_RECT;
        if (painted && !screen.paints()) {
            throw broke("a picture that nobody asked for");
        }
        long pixels = (long) width * height;
        switch (encoding) {
            case RAW -> {
                inside(x, y, width, height, head);
                from.pass(pixels * format.bytes(), to);
            }
            case COPY_RECT -> {
                inside(x, y, width, height, head);
                copy(width, height);
            }
            case TIGHT -> {
                inside(x, y, width, height, head);
                tight.pass(width, height, format);
            }
            case ZRLE -> {
                inside(x, y, width, height, head);
                zrle(pixels, format);
            }
            case CURSOR -> cursor(x, y, width, height, format, head);
            case DESKTOP_SIZE -> resize(width, height, head);
            case LAST_RECT -> to.write(head);
        }
        return encoding == Encoding.LAST_RECT;
    }

    private void inside(int x, int y, int width, int height, ByteBuffer head) throws Over {
        if (!screen.holds(x, y, width, height)) {
            throw broke("a rectangle outside of the desktop: " + width + " x " + height + " at " + x + ", " + y);
        }
        to.write(head);
    }

    private void copy(int width, int height) throws Over {
        ByteBuffer source = from.take(4);
        int x = source.getShort(0) & 0xFFFF;
        int y = source.getShort(2) & 0xFFFF;
        if (!screen.holds(x, y, width, height)) {
            throw broke("a copy from outside of the desktop: " + width + " x " + height + " at " + x + ", " + y);
        }
        to.write(source);
    }

    /** Twice what the worst encoder would need for these pixels, and room for what zlib adds of its own. */
    private void zrle(long pixels, PixelFormat format) throws Over {
        ByteBuffer head = from.take(4);
        long length = head.getInt(0) & 0xFFFF_FFFFL;
        if (length > 2 * pixels * (format.bytes() + 1) + 65_536) {
            throw broke("a rectangle of " + pixels + " pixels in " + length + " bytes");
        }
        to.write(head);
        from.pass(length, to);
    }

    private void cursor(int x, int y, int width, int height, PixelFormat format, ByteBuffer head) throws Over {
        boolean hot = x < Math.max(1, width) && y < Math.max(1, height);
        if (width > LARGEST_CURSOR || height > LARGEST_CURSOR || !hot) {
            throw broke("a cursor of " + width + " x " + height + ", its point at " + x + ", " + y);
        }
        to.write(head);
        from.pass((long) width * height * format.bytes() + (width + 7L) / 8 * height, to);
    }

    private void resize(int width, int height, ByteBuffer head) throws Over {
        if (!Desktop.fits(width, height)) {
            throw broke("a desktop of " + width + " x " + height);
        }
        screen.resized(width, height);
        to.write(head);
    }

    private static Over broke(String what) {
        return Over.broke(Side.SERVER, what);
    }
}
