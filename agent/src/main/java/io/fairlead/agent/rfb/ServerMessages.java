package io.fairlead.agent.rfb;

import java.nio.ByteBuffer;

/**
 * What the server sends (RFC 6143, 7.6), passed on unchanged:
 *
 * <pre>
 * 0 FramebufferUpdate    padding 1 · rectangles 2 · each by Rectangles
 * 1 SetColourMapEntries  padding 1 · first 2 · colours 2 · each 6
 * 2 Bell
 * 3 ServerCutText        padding 3 · length 4 · text      dropped unless the terms let it pass
 * </pre>
 */
final class ServerMessages {
    private static final int COLOURS = 65_536;

    private final Source from;
    private final Sink to;
    private final Screen screen;
    private final Terms terms;
    private final Tally tally;
    private final Rectangles rectangles;

    ServerMessages(Source from, Sink to, Screen screen, Terms terms, Tally tally) {
        this.from = from;
        this.to = to;
        this.screen = screen;
        this.terms = terms;
        this.tally = tally;
        this.rectangles = new Rectangles(from, to, screen);
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
            case 0 -> update();
            case 1 -> colours();
            case 2 -> to.write((byte) 2);
            case 3 -> text();
            default -> throw Over.broke(Side.SERVER, "message of type " + type);
        }
    }

    private void update() throws Over {
        ByteBuffer head = from.take(3);
        int count = head.getShort(1) & 0xFFFF;
        // Before the viewer sees its begin, and may change the format for the next.
        PixelFormat format = screen.updateBegins();
        tally.updates.incrementAndGet();
        to.write((byte) 0);
        to.write(head);
        boolean last = false;
        for (int i = 0; i < count && !last; i++) {
            last = rectangles.passOne(format);
        }
    }

    private void colours() throws Over {
        ByteBuffer head = from.take(5);
        int first = head.getShort(1) & 0xFFFF;
        int count = head.getShort(3) & 0xFFFF;
        if (first + count > COLOURS) {
            throw Over.broke(Side.SERVER, "colours " + first + " to " + (first + count - 1));
        }
        to.write((byte) 1);
        to.write(head);
        from.pass(count * 6L, to);
    }

    private void text() throws Over {
        ByteBuffer head = from.take(7);
        long length = CutText.length(head, Side.SERVER);
        if (!terms.texts() || length > CutText.LONGEST) {
            from.skip(length);
            tally.droppedTexts.incrementAndGet();
            return;
        }
        to.write((byte) 3);
        to.write(head);
        from.pass(length, to);
        tally.textsOut.incrementAndGet();
    }
}
