package io.fairlead.perf.fleet;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What a fleet has met so far. Any thread may ask, and count. */
public final class Figures {
    private final AtomicInteger parked = new AtomicInteger();
    private final AtomicInteger came = new AtomicInteger();
    private final LongAdder polls = new LongAdder();
    private final LongAdder woken = new LongAdder();
    private final LongAdder instructions = new LongAdder();
    private final LongAdder reports = new LongAdder();
    private final LongAdder messages = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder shed = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder strange = new LongAdder();
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();

    Figures() {}

    /** Agents whose poll is with the server now, and asked to be held. */
    public int parked() {
        return parked.get();
    }

    /** Agents that the server has answered a poll of, once at least. */
    public int came() {
        return came.get();
    }

    /** Polls that were answered. */
    public long polls() {
        return polls.sum();
    }

    /** Polls that were answered with an instruction or more. */
    public long woken() {
        return woken.sum();
    }

    /** Instructions that came, each once. */
    public long instructions() {
        return instructions.sum();
    }

    /** Reports that were confirmed. */
    public long reports() {
        return reports.sum();
    }

    /** Status messages that were confirmed as committed. */
    public long messages() {
        return messages.sum();
    }

    /** Messages that full spools dropped. */
    public long dropped() {
        return dropped.sum();
    }

    /** Calls put off with Retry-After. */
    public long shed() {
        return shed.sum();
    }

    /** Calls that failed on the way: no connection, or one that broke. */
    public long lost() {
        return lost.sum();
    }

    /** Answers that are none of the contract's. */
    public long strange() {
        return strange.sum();
    }

    /** Calls that were refused for good, by the fault's key. */
    public Map<String, Long> refused() {
        Map<String, Long> all = new TreeMap<>();
        refused.forEach((key, count) -> all.put(key, count.sum()));
        return all;
    }

    /** One line of {@code key=value}. */
    @Override
    public String toString() {
        return "came=" + came() + " parked=" + parked() + " polls=" + polls() + " woken=" + woken() + " reports="
                + reports() + " messages="
                + messages() + " shed=" + shed() + " lost=" + lost() + " refused=" + refused() + " dropped=" + dropped()
                + " strange=" + strange();
    }

    void come() {
        int now = came.incrementAndGet();
        assert now > 0;
    }

    void park() {
        int now = parked.incrementAndGet();
        assert now > 0;
    }

    void unpark() {
        int now = parked.decrementAndGet();
        assert now >= 0;
    }

    void polled() {
        polls.increment();
    }

    void instructed(int fresh) {
        woken.increment();
        instructions.add(fresh);
    }

    void reported(int confirmed) {
        reports.increment();
        messages.add(confirmed);
    }

    void drop() {
        dropped.increment();
    }

    void lose() {
        lost.increment();
    }

    void wonder() {
        strange.increment();
    }

    void refuse(String key, int retryAfter) {
        if (retryAfter > 0) {
            shed.increment();
        } else {
            refused.computeIfAbsent(key, fresh -> new LongAdder()).increment();
        }
    }
}
