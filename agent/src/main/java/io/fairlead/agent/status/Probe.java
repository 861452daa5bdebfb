package io.fairlead.agent.status;

import java.io.IOException;
import java.time.Duration;

/** Looks at one thing. A probe is looked through by one thread at a time; a failure of one never reaches the others. */
interface Probe {
    /** Names it in events, such as {@code log:analyser}; a Name of the contract. */
    String name();

    /**
     * Says what is to be seen now.
     *
     * @throws ProbeTrouble when there is nothing to be seen and why; told once, until it changes
     * @throws IOException likewise
     */
    void look(Findings findings) throws IOException, ProbeTrouble, InterruptedException;

    /** From one look to the next; zero: with each turn of its thread. */
    default Duration period() {
        return Duration.ZERO;
    }

    /** Lets go of open files. */
    default void close() {}
}
