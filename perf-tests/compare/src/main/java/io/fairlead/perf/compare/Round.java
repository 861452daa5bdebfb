package io.fairlead.perf.compare;

/**
 * What was measured in one round, one after the other.
 *
 * @param reference NaN where there is none
 */
record Round(double product, double reference) {}
