package io.fairlead.agent.link;

import java.io.IOException;

/** Lets the bytes of one exchange go by: at a rate, perhaps, and no longer than somebody wants them. */
public interface Pace {
    /** As fast as they come. */
    Pace NONE = new Pace() {
        @Override
        public int slice() {
            return Integer.MAX_VALUE;
        }

        @Override
        public void pass(int bytes) {}
    };

    /** Bytes that may go at a time; 1 or more. */
    int slice();

    /**
     * Returns when so many bytes may go.
     *
     * @throws IOException to end the exchange: nobody wants it any more
     */
    void pass(int bytes) throws IOException;
}
