package io.fairlead.perf.growth;

import io.fairlead.perf.compare.Bench;
import java.util.List;

/** Something that grows. */
interface Part {
    /** By which it is asked for, and called in files. */
    String name();

    /** As it is asked for on the command line: {@code --agents 1000,3000}. */
    String option();

    /** A line: at which sizes of what. */
    String title();

    /** What the sizes count, with the unit: under the axis. */
    String axis();

    /** A size as people read it. */
    String text(double size);

    /**
     * Measures at every size, the smallest first; what it starts, it starts on the bench, which ends it.
     *
     * @throws io.fairlead.perf.compare.CannotMeasure when something is missing here
     */
    Growth measure(Bench bench, Progress progress) throws Exception;

    /** What follows for whoever runs the platform: rows of a table, each what and how much. */
    List<List<String>> capacity(Growth growth);
}
