package io.fairlead.agent.rfb;

/**
 * Lets the viewer in (RFC 6143, 7.1 to 7.3), without a password: who comes this way was judged before. What it says about
 * sharing the desktop is not asked.
 */
final class ViewerHandshake {
    private static final byte NONE = 1;

    private final Source from;
    private final Sink to;

    ViewerHandshake(Source from, Sink to) {
        this.from = from;
        this.to = to;
    }

    /** Sent before the server is asked, for it has a long way. */
    void greet() throws Over {
        to.write(Version.V3_8.line());
        to.flush();
    }

    void letIn(Desktop desktop) throws Over {
        Version version = Version.of(from.take(Version.LENGTH));
        if (version == null) {
            throw Over.broke(Side.VIEWER, "not a version of RFB");
        }
        if (version == Version.V3_3) {
            to.write((byte) 0, (byte) 0, (byte) 0, NONE);
        } else {
            to.write((byte) 1, NONE);
            int chosen = from.u8();
            if (chosen != NONE) {
                throw Over.broke(Side.VIEWER, "security type " + chosen);
            }
        }
        if (version == Version.V3_8) {
            to.write((byte) 0, (byte) 0, (byte) 0, (byte) 0);
        }
        from.skip(1); // ClientInit.
        to.write(desktop.message());
    }
}
