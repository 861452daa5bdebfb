package io.fairlead.agent.rfb;

import java.io.IOException;

/** Carries the cause of an end to where the end is made. */
final class Over extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Ended ended;

    Over(Ended ended) {
        super(ended.word());
        this.ended = ended;
    }

    static Over left(Side side) {
        return new Over(new Ended.Left(side));
    }

    static Over broke(Side side, String what) {
        return new Over(new Ended.Broke(side, what));
    }

    static Over refused(Ended.Why why, String words) {
        return new Over(new Ended.Refused(why, words));
    }

    Ended ended() {
        return ended;
    }

    /** An end by the thousand costs no stack: the cause says all. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
