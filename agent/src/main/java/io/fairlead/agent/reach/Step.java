package io.fairlead.agent.reach;

/**
 * What came of one step towards a host.
 *
 * @param what a stable word: name, way, tcp, tls, device, websocket, idle, clock
 * @param brief a word or two for a table
 * @param words the rest, one line; empty for no more
 */
public record Step(String what, Outcome outcome, String brief, String words) {
    static final String NAME = "name";
    static final String WAY = "way";
    static final String TCP = "tcp";
    static final String TLS = "tls";
    static final String DEVICE = "device";
    static final String WEBSOCKET = "websocket";
    static final String IDLE = "idle";
    static final String CLOCK = "clock";

    public enum Outcome {
        GOOD,
        BAD,
        /** Neither: nobody asked, or it says nothing about the site. */
        NOTED
    }

    static Step good(String what, String brief, String words) {
        return new Step(what, Outcome.GOOD, brief, words);
    }

    static Step bad(String what, String brief, String words) {
        return new Step(what, Outcome.BAD, brief, words);
    }

    static Step noted(String what, String brief, String words) {
        return new Step(what, Outcome.NOTED, brief, words);
    }
}
