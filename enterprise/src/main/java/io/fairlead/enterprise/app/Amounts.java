package io.fairlead.enterprise.app;

import java.util.Locale;

/** Bytes, rates and times as people read them. */
final class Amounts {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Amounts() {}

    /** Such as 0 B, 512 B, 1.2 MB, 256 MB: three digits, powers of 1,000. */
    static String bytes(long count) {
        double value = count;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1_000;
            unit++;
        }
        return (unit == 0 || value >= 99.95
                        ? Long.toString(Math.round(value))
                        : String.format(Locale.ROOT, "%.1f", value))
                + " " + UNITS[unit];
    }

    /** Such as 1.2 MB/s; a dash when it is not known. */
    static String rate(long perSecond) {
        return perSecond <= 0 ? Screen.NONE : bytes(perSecond) + "/s";
    }

    /** How far: 0 to 100; a dash when the whole is not known. 100 only for all of it. */
    static String percent(long part, long whole) {
        return whole < 0 ? Screen.NONE : whole == 0 ? "100" : Long.toString((long) (100.0 * part / whole));
    }

    /** How long so many bytes take: 12 s, 3 min, 5 h; a dash when nobody knows. */
    static String time(long bytes, long perSecond) {
        if (perSecond <= 0) {
            return Screen.NONE;
        }
        long seconds = Math.max(0, (bytes + perSecond - 1) / perSecond);
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7_200 ? (seconds + 30) / 60 + " min" : (seconds + 1_800) / 3_600 + " h";
    }
}
