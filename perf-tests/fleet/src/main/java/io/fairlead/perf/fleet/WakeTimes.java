package io.fairlead.perf.fleet;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long instructions take from the order to their agents. Any thread may say either; the other may have come before. */
public final class WakeTimes implements Arrivals {
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);

    private record Instruction(String device, long sequence) {}

    private final Map<Instruction, Long> half = new ConcurrentHashMap<>();
    private final ConcurrentHistogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);

    /**
     * An instruction was made.
     *
     * @param at System.nanoTime of what the time is to count from, such as the call that orders, or its answer
     */
    public void ordered(String device, long sequence, long at) {
        meet(new Instruction(device, sequence), at, true);
    }

    @Override
    public void arrived(Identity agent, long sequence, long at) {
        meet(new Instruction(agent.device(), sequence), at, false);
    }

    private void meet(Instruction instruction, long at, boolean ordered) {
        Long other = half.putIfAbsent(instruction, at);
        if (other == null || !half.remove(instruction, other)) {
            return;
        }
        long nanos = ordered ? other - at : at - other;
        micros.recordValue(Math.min(LONGEST_MICROS, Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos))));
    }

    /** Orders and arrivals that lack the other half. */
    public int open() {
        return half.size();
    }

    /** In microseconds, as it stands now. */
    public Histogram micros() {
        return micros.copy();
    }
}
