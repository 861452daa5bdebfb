package io.fairlead.firewall.catalogue;

import java.util.Comparator;

/**
 * One thing that is wrong with a catalogue.
 *
 * @param line from 1 on
 * @param column from 1 on, in characters
 * @param sentence for whoever wrote it
 */
public record CatalogueFault(int line, int column, String sentence) implements Comparable<CatalogueFault> {
    private static final Comparator<CatalogueFault> ORDER = Comparator.comparingInt(CatalogueFault::line)
            .thenComparingInt(CatalogueFault::column)
            .thenComparing(CatalogueFault::sentence);

    @Override
    public int compareTo(CatalogueFault other) {
        return ORDER.compare(this, other);
    }

    /** Line, column and sentence, as editors and compilers say it. */
    @Override
    public String toString() {
        return line + ":" + column + ": " + sentence;
    }
}
