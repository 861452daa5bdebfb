package io.fairlead.perf.fleet;

/** Who is told how far enrolling is. */
@FunctionalInterface
public interface Progress {
    /**
     * Called by one thread at a time, after each device.
     *
     * @param done devices that have an identity now
     * @param all that are to have one
     */
    void enrolled(int done, int all);

    /** Tells nobody. */
    static Progress silent() {
        return (done, all) -> {};
    }
}
