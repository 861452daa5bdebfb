package io.fairlead.agent.rfb;

import java.util.EnumSet;
import java.util.Set;

/**
 * What both directions must agree on: the size of the desktop, the pixel format, and which encodings the viewer knows.
 *
 * <p>A server sends a picture when asked to, and in the format of the last SetPixelFormat before. So a format may change while
 * no request is open: it holds from the next picture on, for the server, for the viewer and here. With a request open nobody
 * could say which of two formats the next picture has, and a server that lies could have the viewer read it otherwise than
 * the filter did: refused.
 */
final class Screen {
    private int width;
    private int height;
    private PixelFormat format;
    private boolean asked;

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
    }

    /** A picture begins, and answers all requests so far. The format of all of it. */
    synchronized PixelFormat updateBegins() {
        asked = false;
        return format;
    }

    /** False when a picture of the format before may still come. */
    synchronized boolean changes(PixelFormat to) {
        if (asked && !to.equals(format)) {
            return false;
        }
        format = to;
        return true;
    }

    synchronized void offers(Set<Encoding> more) {
        offered.addAll(more);
    }

    synchronized boolean isOffered(Encoding encoding) {
        return offered.contains(encoding);
    }
}
