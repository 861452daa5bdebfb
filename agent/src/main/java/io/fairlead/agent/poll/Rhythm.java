package io.fairlead.agent.poll;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * What a loop knows of time and chance. Handed in, so that a test can hold both still.
 *
 * @param random from 0 to 1
 * @param nanos a clock that only runs forward
 * @param pause waits between tries
 * @param stop asks the loop to end
 * @param pulse a sign of life, given at each step
 */
public record Rhythm(DoubleSupplier random, LongSupplier nanos, Pause pause, Stop stop, Runnable pulse) {
    /** The machine's own, in which a wait ends when the bell says that the enterprise is back. */
    public static Rhythm untilBack(Bell bell, Stop stop, Runnable pulse) {
        return new Rhythm(
                () -> ThreadLocalRandom.current().nextDouble(),
                System::nanoTime,
                Pause.untilBack(bell, stop, pulse),
                stop,
                pulse);
    }

    /** The machine's own. */
    public static Rhythm real(Stop stop, Runnable pulse) {
        return new Rhythm(
                () -> ThreadLocalRandom.current().nextDouble(), System::nanoTime, Pause.real(stop, pulse), stop, pulse);
    }
}
