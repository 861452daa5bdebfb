package io.fairlead.enterprise.recording;

/** One thing that a verification found. The sentence is for people. */
public record Finding(Kind kind, String sentence) {
    /** What is not as it should be. */
    public enum Kind {
        /** The file is not what was written: chain, encryption or form. */
        DAMAGED(true),
        /** It is not the file whose hash was noted when it ended. */
        EXCHANGED(true),
        /** It is of another stream, or so is a statement. */
        FOREIGN(true),
        /** A statement that no key of the device signed. */
        FORGED(true),
        /** Bytes are not those that the agent vouches for. */
        CHANGED(true),
        /** Bytes are there that the agent did not send. */
        ADDED(true),
        /** A statement within the recording vouches for bytes that are not. */
        CUT(true),
        /** The times do not go with the agent's. */
        TIMES(true),
        /** A statement kept elsewhere vouches for bytes that are not there: cut off, or lost on the way as the stream broke. */
        MISSING(false),
        /** Bytes from the viewer behind the agent's last word: they did not reach it, or were added. */
        UNRECEIVED(false);

        private final boolean wrong;

        Kind(boolean wrong) {
            this.wrong = wrong;
        }

        /** Whether nothing innocent explains it. */
        public boolean wrong() {
            return wrong;
        }
    }
}
