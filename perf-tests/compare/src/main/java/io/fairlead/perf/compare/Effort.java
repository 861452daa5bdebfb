package io.fairlead.perf.compare;

/**
 * How often and how long is measured.
 *
 * @param rounds how often product and reference are measured in turns, after a round that warms both
 * @param share of a run's ordinary length: 1 for figures, less for trials
 */
record Effort(int rounds, double share) {
    Effort {
        if (rounds < 1 || rounds > 99 || !(share > 0 && share <= 10)) {
            throw new IllegalArgumentException("rounds from 1 to 99, and a share above 0 and up to 10");
        }
    }

    /** So many of something that is ordinarily counted so; at least one. */
    int of(int ordinary) {
        return (int) Math.max(1, Math.round(ordinary * share));
    }
}
