package io.fairlead.agent.rfb;

import java.nio.ByteBuffer;

/** Bounds of a clipboard's text, in bytes, alike in both directions. */
final class CutText {
    /** What passes. A longer one is dropped: who copies much is not to lose the desktop. */
    static final int LONGEST = 64 * 1024;

    /** More than this is nobody's text. */
    static final long MOST = 16 * 1024 * 1024;

    private CutText() {}

    /** Of padding 3, length 4. */
    static long length(ByteBuffer head, Side side) throws Over {
        long length = head.getInt(3) & 0xFFFF_FFFFL;
        if (length > MOST) {
            throw Over.broke(side, "a text of " + length + " bytes");
        }
        return length;
    }
}
