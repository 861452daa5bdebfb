package io.fairlead.perf.compare;

import java.util.Locale;

/** Numbers as people read them, whatever the machine's language. */
public final class Numbers {
    private Numbers() {}

    /** Three figures or so: 0.52, 12.3, 61,000. */
    public static String text(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%,.0f", value);
    }

    /** A whole number with its thousands apart. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Throws ArrayIndexOutOfBoundsException for none. */
    public static double median(double... values) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
