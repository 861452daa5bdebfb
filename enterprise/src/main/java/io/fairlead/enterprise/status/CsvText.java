package io.fairlead.enterprise.status;

import java.util.regex.Pattern;

/**
 * A line of comma-separated values (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before
 * it: what a device calls itself must not run at somebody's desk.
 */
public final class CsvText {
    /** Blanks before it or not, also in full width; an apostrophe too, so that one in front can be taken away again. */
    private static final Pattern FORMULA =
            Pattern.compile("(?s)[\\s\\u00a0\\ufeff]*['=+\\-@|%\\uff1d\\uff0b\\uff0d\\uff20].*|[\\t\\r\\n].*");

    private CsvText() {}

    /** A cell that somebody else wrote. */
    public static String cell(String text) {
        String safe = FORMULA.matcher(text).matches() ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r' || c == '\t' || c == ';')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }

    /** A number as every program reads it; digits only where there is no fraction. */
    public static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
