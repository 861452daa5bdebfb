package io.fairlead.agent.rfb;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the viewer sends (RFC 6143, 7.5). Nothing of it is passed as it came: each message is read, judged and written anew.
 *
 * <pre>
 * 0 SetPixelFormat            padding 3 · format 16
 * 2 SetEncodings              padding 1 · count 2 · each 4       reduced to those that pass
 * 3 FramebufferUpdateRequest  incremental 1 · x 2 · y 2 · width 2 · height 2   cut to the desktop
 * 4 KeyEvent                  down 1 · padding 2 · key 4
 * 5 PointerEvent              buttons 1 · x 2 · y 2
 * 6 ClientCutText             padding 3 · length 4 · text
 * </pre>
 */
final class ViewerMessages {
    /** More than any viewer knows, by far. */
    private static final int MOST_ENCODINGS = 256;

    /** Keysyms of X have 29 bits. */
    private static final int LARGEST_KEY = 0x1FFF_FFFF;

    private final Source from;
    private final ServerInput to;
    private final Screen screen;
    private final Terms terms;

    ViewerMessages(Source from, ServerInput to, Screen screen, Terms terms) {
        this.from = from;
        this.to = to;
        this.screen = screen;
        this.terms = terms;
    }

    /** Ends by {@link Over} only. */
    void pass() throws Over {
        while (true) {
            next();
        }
    }

    private void next() throws Over {
        int type = from.u8();
        switch (type) {
            case 0 -> format();
            case 2 -> encodings();
            case 3 -> request();
            case 4 -> key();
            case 5 -> pointer();
            case 6 -> text();
            default -> throw broke("message of type " + type);
        }
    }

    private void format() throws Over {
        ByteBuffer read = from.take(3 + PixelFormat.LENGTH);
        PixelFormat format;
        try {
            format = PixelFormat.read(read.position(3));
        } catch (IllegalArgumentException e) {
            throw broke(String.valueOf(e.getMessage()));
        }
        if (!screen.changes(format)) {
            throw broke("a pixel format while a picture was asked for");
        }
        ByteBuffer message = ByteBuffer.allocate(4 + PixelFormat.LENGTH);
        format.write(message.position(4));
        to.send(message);
    }

    private void encodings() throws Over {
        int count = from.take(3).getShort(1) & 0xFFFF;
        if (count > MOST_ENCODINGS) {
            throw broke(count + " encodings");
        }
        Set<Encoding> known = EnumSet.noneOf(Encoding.class);
        Set<Integer> passed = new LinkedHashSet<>();
        ByteBuffer all = from.take(4 * count);
        while (all.hasRemaining()) {
            int number = all.getInt();
            Encoding encoding = Encoding.of(number);
            if (encoding != null) {
                known.add(encoding);
            }
            if (encoding != null || Encoding.isWish(number)) {
                passed.add(number);
            }
        }
        ByteBuffer message = ByteBuffer.allocate(4 + 4 * passed.size());
        message.put((byte) 2).put((byte) 0).putShort((short) passed.size());
        passed.forEach(message::putInt);
        // Before the server hears of them.
        screen.offers(known);
        to.send(message);
    }

    private void request() throws Over {
        ByteBuffer read = from.take(9);
        int width = screen.width();
        int height = screen.height();
        int x = Math.min(read.getShort(1) & 0xFFFF, width);
        int y = Math.min(read.getShort(3) & 0xFFFF, height);
        int w = Math.min(read.getShort(5) & 0xFFFF, width - x);
        int h = Math.min(read.getShort(7) & 0xFFFF, height - y);
        ByteBuffer message = ByteBuffer.allocate(10).put((byte) 3).put((byte) (read.get(0) == 0 ? 0 : 1));
        message.putShort((short) x).putShort((short) y).putShort((short) w).putShort((short) h);
        screen.requested();
        to.send(message);
    }

    private void key() throws Over {
        ByteBuffer read = from.take(7);
        int key = read.getInt(3);
        if (key < 0 || key > LARGEST_KEY) {
            throw broke("key " + Integer.toUnsignedString(key));
        }
        to.key(read.get(0) != 0, key);
    }

    private void pointer() throws Over {
        ByteBuffer read = from.take(5);
        int x = Math.min(read.getShort(1) & 0xFFFF, screen.width() - 1);
        int y = Math.min(read.getShort(3) & 0xFFFF, screen.height() - 1);
        to.pointer(read.get(0) & 0xFF, x, y);
    }

    private void text() throws Over {
        long length = CutText.length(from.take(7), Side.VIEWER);
        if (!terms.texts() || length > CutText.LONGEST) {
            from.skip(length);
            to.dropped();
            return;
        }
        // Whole, so that it passes or does not: a question may show while its end is on the way.
        to.text(from.take((int) length).array());
    }

    private static Over broke(String what) {
        return Over.broke(Side.VIEWER, what);
    }
}
