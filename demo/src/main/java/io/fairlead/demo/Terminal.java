package io.fairlead.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the demo shows itself: in a terminal a table that is drawn again in place; elsewhere plain lines, and the table
 * now and then. Not for several threads at once.
 *
 * @see #draw
 */
final class Terminal {
    private static final String ESCAPE = "\u001b[";
    private static final int PLAIN_EVERY_SECONDS = 10;

    private final PrintWriter out;
    private final boolean ansi;
    private final int columns;
    private final int rows;
    private int drawn;
    private long lastPlain = Long.MIN_VALUE;

    /**
     * @param ansi whether the other end moves its cursor when told to
     * @param columns of the terminal; longer lines are cut
     * @param rows of the terminal; a longer table is cut
     */
    Terminal(PrintWriter out, boolean ansi, int columns, int rows) {
        this.out = out;
        this.ansi = ansi;
        this.columns = columns;
        this.rows = rows;
    }

    /** A line that stays. */
    synchronized void say(String line) {
        erase();
        out.println(line);
        out.flush();
    }

    /** The table in the place of the one before. */
    synchronized void draw(List<String> lines, long second) {
        if (!ansi) {
            if (lastPlain == Long.MIN_VALUE || second - lastPlain >= PLAIN_EVERY_SECONDS) {
                lastPlain = second;
                lines.forEach(out::println);
                if (lines.size() > 1) {
                    out.println();
                }
                out.flush();
            }
            return;
        }
        List<String> fitting = fit(lines);
        StringBuilder frame = new StringBuilder(up());
        for (String line : fitting) {
            frame.append(ESCAPE).append("2K").append(line).append('\n');
        }
        frame.append(ESCAPE).append('J');
        out.print(frame);
        out.flush();
        drawn = fitting.size();
    }

    private List<String> fit(List<String> lines) {
        List<String> fitting = new ArrayList<>();
        for (String line : lines.subList(0, Math.min(lines.size(), Math.max(1, rows - 1)))) {
            fitting.add(
                    line.codePointCount(0, line.length()) <= columns
                            ? line
                            : line.substring(0, line.offsetByCodePoints(0, Math.max(0, columns - 1))) + "…");
        }
        return fitting;
    }

    private void erase() {
        if (drawn > 0) {
            out.print(up() + ESCAPE + "J");
            drawn = 0;
        }
    }

    private String up() {
        return drawn == 0 ? "" : ESCAPE + drawn + "A\r";
    }
}
