package io.fairlead.perf.growth;

import io.fairlead.perf.compare.Numbers;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** Lines for who waits: what is done, how far it is, and how long it has taken so far. Any thread may tell. */
final class Progress {
    private static final long APART = TimeUnit.SECONDS.toNanos(5);

    private final PrintWriter out;
    private final long begun = System.nanoTime();
    private long told = begun;

    Progress(PrintWriter out) {
        this.out = out;
    }

    /** What begins, or came out. */
    synchronized void say(String what) {
        told = System.nanoTime();
        out.println("%5d s  %s".formatted(TimeUnit.NANOSECONDS.toSeconds(told - begun), what));
        out.flush();
    }

    /** How far something is; a line each five seconds at most. */
    void far(String what, long done, long all) {
        if (System.nanoTime() - told > APART) {
            say(what + ": " + Numbers.count(done) + " of " + Numbers.count(all));
        }
    }
}
