package io.fairlead.enterprise.app;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows and columns for a terminal: aligned, and free of what a terminal would obey. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<String> titles;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param titles one a column; a title that begins with {@code >} makes its column flush right */
    public TextTable(String... titles) {
        this.titles = List.of(titles);
    }

    /** Adds a row with a cell for each column; null is shown as a dash. */
    @CanIgnoreReturnValue
    public TextTable row(@Nullable Object... cells) {
        if (cells.length != titles.size()) {
            throw new IllegalArgumentException("cells=" + cells.length + " columns=" + titles.size());
        }
        List<String> row = new ArrayList<>();
        for (@Nullable Object cell : cells) {
            row.add(cell == null ? Screen.NONE : plain(cell.toString()));
        }
        rows.add(row);
        return this;
    }

    /** The titles and the rows, one line each, without trailing blanks. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        List<String> heads = titles.stream()
                .map(title -> title.startsWith(">") ? title.substring(1) : title)
                .toList();
        int[] widths = widths(heads);
        lines.add(line(heads, widths));
        for (List<String> row : rows) {
            lines.add(line(row, widths));
        }
        return lines;
    }

    /**
     * Text that a device or another person may have made, for a terminal: control characters, escapes and characters
     * that turn the direction of writing become a question mark.
     */
    public static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> plain.appendCodePoint(harmless(c) ? c : '?'));
        return plain.toString();
    }

    private static boolean harmless(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE
                && type != Character.UNASSIGNED;
    }

    private int[] widths(List<String> heads) {
        int[] widths = new int[titles.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = length(heads.get(column));
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], length(row.get(column)));
            }
        }
        return widths;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String blank = " ".repeat(widths[column] - length(cell));
            boolean right = titles.get(column).startsWith(">");
            line.append(column == 0 ? "" : GAP).append(right ? blank + cell : cell + blank);
        }
        return line.toString().stripTrailing();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
