package io.fairlead.agent.rfb;

/** Why a desktop's connection is over. The first cause counts; all that follows from it is not told. */
public sealed interface Ended {
    /** Stable, for logs and records: small letters and hyphens. */
    String word();

    /** The line of this side ended or broke, between messages or within one. */
    record Left(Side side) implements Ended {
        @Override
        public String word() {
            return side == Side.SERVER ? "server-left" : "viewer-left";
        }
    }

    /**
     * This side sent what RFB does not know, what this filter does not let pass, or what is out of bounds.
     *
     * @param what what it was, in words and numbers of ours
     */
    record Broke(Side side, String what) implements Ended {
        @Override
        public String word() {
            return side == Side.SERVER ? "server-broke-protocol" : "viewer-broke-protocol";
        }
    }

    /**
     * The VNC server let nobody in.
     *
     * @param words the server's own reason, plain and at most 200 characters; empty when it gave none
     */
    record Refused(Why why, String words) implements Ended {
        @Override
        public String word() {
            return why.word;
        }
    }

    /** The desktop was not open in time; the side that was waited for. */
    record Late(Side side) implements Ended {
        @Override
        public String word() {
            return side == Side.SERVER ? "server-late" : "viewer-late";
        }
    }

    /** {@link RfbFilter#stop} was called, or the thread that runs the filter was interrupted. */
    record Stopped() implements Ended {
        @Override
        public String word() {
            return "stopped";
        }
    }

    /** What a VNC server that lets nobody in has to say. */
    enum Why {
        /** It does not speak RFB 3.3 or newer. */
        NOT_RFB("server-not-rfb"),
        /** It wants something else than no password or VNC Authentication. */
        SECURITY("server-wants-other-security"),
        /** It wants a password, and the site gave none. */
        NO_PASSWORD("server-wants-password"),
        WRONG_PASSWORD("server-refused-password"),
        /** It said no without asking for a password. */
        TURNED_AWAY("server-refused");

        private final String word;

        Why(String word) {
            this.word = word;
        }
    }
}
