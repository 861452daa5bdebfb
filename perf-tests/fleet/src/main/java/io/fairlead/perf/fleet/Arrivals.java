package io.fairlead.perf.fleet;

/** Who is told when instructions reach their agents. Called by the fleet's threads: it must not block. */
@FunctionalInterface
public interface Arrivals {
    /**
     * An agent has an instruction that it did not have.
     *
     * @param sequence the instruction's number
     * @param at System.nanoTime when the whole answer was there, before it was read
     */
    void arrived(Identity agent, long sequence, long at);

    /** Tells nobody. */
    static Arrivals ignored() {
        return (agent, sequence, at) -> {};
    }
}
