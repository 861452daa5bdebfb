package io.fairlead.enterprise.status;

/**
 * A line of comma-separated values (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before
 * it: what a device calls itself must not run at somebody's desk.
 */
public final class CsvText {
    private static final String FORMULA = "=+-@\t\r\n|%";

    private CsvText() {}

    /** A cell that somebody else wrote. */
    public static String cell(String text) {
        String first = text.stripLeading();
        boolean formula = (!text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0)
                || (!first.isEmpty() && FORMULA.indexOf(first.charAt(0)) >= 0);
        String safe = formula ? "'" + text : text;
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
