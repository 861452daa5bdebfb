package io.fairlead.agent.rfb;

import java.util.EnumSet;
import java.util.Set;

/**
 * What both directions must agree on: the size of the desktop, the pixel format, and which encodings the viewer knows.
 *
 * <p>A server sends a picture when asked to, and in the format of the last SetPixelFormat before. So a format may change while
 * no request is open: it holds from the next picture on, for the server, for the viewer and here. With a request open nobody
 * could say which of two formats the next picture has, and a server that lies could have the viewer read it otherwise than
 * the filter did: refused. For the same reason nothing is painted that nobody asked for; only a new size may come unasked, as
 * TigerVNC sends it.
 */
final class Screen {
    private static final int MOST_OPEN = 1_000_000;

    private int width;
    private int height;
    private PixelFormat format;

    /** A request went to the server since the last picture began. */
    private boolean asked;

    /** Requests that no painted picture answered yet; one picture may answer several, so it can be too high. */
    private int open;

    /** Whether the picture that comes now was asked for, and whether it took a request already. */
    private boolean wanted;

    private boolean taken;

    /** Only grows: a server may still send what it was offered before. */
    private final Set<Encoding> offered = EnumSet.of(Encoding.RAW);

    Screen(Desktop desktop) {
        this.width = desktop.width();
        this.height = desktop.height();
        this.format = desktop.format();
    }

    synchronized int width() {
        return width;
    }

    synchronized int height() {
        return height;
    }

    synchronized void resized(int newWidth, int newHeight) {
        width = newWidth;
        height = newHeight;
    }

    synchronized boolean holds(int x, int y, int w, int h) {
        return x + w <= width && y + h <= height;
    }

    synchronized void requested() {
        asked = true;
        open = Math.min(open + 1, MOST_OPEN);
    }

    /** A picture begins, and answers all requests so far. The format of all of it. */
    synchronized PixelFormat updateBegins() {
        asked = false;
        wanted = open > 0;
        taken = false;
        return format;
    }

    /** Whether this picture may have rectangles that are painted. */
    synchronized boolean paints() {
        if (wanted && !taken) {
            taken = true;
            open = Math.max(0, open - 1);
        }
        return wanted;
    }

    /** False when a picture of the format before may still come. */
    synchronized boolean changes(PixelFormat to) {
        if (to.equals(format)) {
            return true;
        }
        if (asked) {
            return false;
        }
        format = to;
        open = 0;
        return true;
    }

    synchronized void offers(Set<Encoding> more) {
        offered.addAll(more);
    }

    synchronized boolean isOffered(Encoding encoding) {
        return offered.contains(encoding);
    }
}
