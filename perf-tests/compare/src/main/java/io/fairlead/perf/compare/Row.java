package io.fairlead.perf.compare;

import java.util.List;

/** One comparison. */
interface Row {
    /** By which it is asked for: a number of {@code docs} or a word. */
    String name();

    /** A line: what is beside what. */
    String title();

    /**
     * Measures; what it starts, it starts on the bench, which ends it.
     *
     * @param effort how often and how long
     * @throws CannotMeasure when something is missing here
     */
    Measurement measure(Bench bench, Effort effort) throws Exception;

    /** The findings when it could not be measured at all: one for each goal. */
    List<Finding> missing(String whyNot);
}
